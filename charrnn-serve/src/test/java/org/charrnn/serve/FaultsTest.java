package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.charrnn.serve.options.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are gone, slow or too many harm no other one; the server ends in good order. */
@Timeout(120)
class FaultsTest {

  private static final String ENDLESS =
      "{\"prompt\": \"the \", \"max_tokens\": 100000, \"seed\": 1, \"stream\": true}";

  /** A client that speaks over a socket of its own, so that it can break off anywhere. */
  private record RawClient(Socket socket, BufferedReader in) implements AutoCloseable {

    static RawClient open(ServedTinyModel served) throws IOException {
      Socket socket = new Socket("127.0.0.1", URI.create(served.address()).getPort());
      return new RawClient(
          socket,
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)));
    }

    void post(String path, String body) throws IOException {
      post(path, body, body.getBytes(StandardCharsets.UTF_8).length);
    }

    void post(String path, String body, int declared) throws IOException {
      send(
          "POST "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
              + declared
              + "\r\n\r\n"
              + body);
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }

    /** The text of the next answer, which has one choice. */
    String readAnswer() throws IOException {
      int length = -1;
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      StringBuilder body = new StringBuilder();
      for (int read = 0; read < length; ) {
        int c = in.read();
        body.append((char) c);
        read += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
      }
      return ServedTinyModel.json(body.toString()).at("/choices/0/text").stringValue();
    }

    void awaitEvents(int count) throws IOException {
      int events = 0;
      while (events < count) {
        String line = in.readLine();
        assertTrue(line != null, "the stream ended");
        events += line.startsWith("data:") ? 1 : 0;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void awaitMetric(ServedTinyModel served, String expected) throws Exception {
    long start = System.nanoTime();
    while (!served.get("metrics").body().contains(expected)) {
      assertTrue(
          System.nanoTime() - start < Duration.ofSeconds(20).toNanos(), () -> "never " + expected);
      Thread.sleep(1);
    }
  }

  private static void awaitNoneRunning(ServedTinyModel served) throws Exception {
    awaitMetric(served, "charrnn_requests_running 0");
  }

  @Test
  void clientsThatVanish_leaveNothingRunning() throws Exception {
    try (ServedTinyModel served = ServedTinyModel.start()) {
      for (int i = 0; i < 20; i++) {
        try (RawClient client = RawClient.open(served)) {
          client.post("/v1/completions", ENDLESS);
          client.awaitEvents(1 + i % 4);
        }
      }
      awaitNoneRunning(served);
      assertEquals(200, served.post("v1/completions", "{\"prompt\": \"the \"}").statusCode());
    }
  }

  // ---- clients that are gone before the answer

  /** They must not run at all when nobody reads. */
  private static final Limits ENDLESS_LIMITS =
      new Limits(
          1 << 22,
          1_000_000,
          2_000_000_000,
          8,
          2,
          8,
          Duration.ofMinutes(1),
          Duration.ofMinutes(10));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"prompt\": \"the \", \"max_tokens\": 2000000000}",
        "{\"prompt\": \"the \", \"max_tokens\": 2000000000, \"n\": 4}",
        "{\"prompt\": \"the \", \"max_tokens\": 2000000000, \"stream\": true}",
        "{\"prompt\": \"LONG\", \"max_tokens\": 1}",
        "{\"prompt\": \"LONG\", \"max_tokens\": 1, \"repetition_penalty\": 1.5}",
        "{\"prompt\": \"LONG\", \"max_tokens\": 1, \"echo\": true, \"logprobs\": 1}"
      })
  void clientThatLeaves_beforeTheAnswer_freesItsPlace(String body) throws Exception {
    leaves("/v1/completions", body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/score {\"texts\": \"LONG\"}",
        "/v1/score {\"texts\": \"LONG\", \"top\": 2}",
        "/v1/embeddings {\"input\": \"LONG\"}"
      })
  void clientThatLeaves_beforeItsTextIsRead_freesItsPlace(String request) throws Exception {
    leaves(request.substring(0, request.indexOf(' ')), request.substring(request.indexOf(' ') + 1));
  }

  private static void leaves(String path, String body) throws Exception {
    try (ServedTinyModel served = ServedTinyModel.start(it -> it.withLimits(ENDLESS_LIMITS))) {
      try (RawClient client = RawClient.open(served)) {
        client.post(path, body.replace("LONG", "the cat sat on the mat. ".repeat(40_000)));
        awaitMetric(served, "charrnn_requests_running 1");
      }
      awaitNoneRunning(served);
      awaitMetric(served, "charrnn_batch_rows{model=\"tiny\"} 0");
      awaitMetric(served, "status=\"gone\"");
      assertEquals(200, served.post("v1/completions", "{\"prompt\": \"the \"}").statusCode());
    }
  }

  @Test
  void clientThatLeaves_whileItWaits_leavesTheQueue() throws Exception {
    String endless = "{\"prompt\": \"the \", \"max_tokens\": 2000000000}";
    try (ServedTinyModel served = ServedTinyModel.start(it -> it.withLimits(ENDLESS_LIMITS));
        RawClient first = RawClient.open(served);
        RawClient second = RawClient.open(served)) {
      first.post("/v1/completions", endless);
      second.post("/v1/completions", endless);
      try (RawClient third = RawClient.open(served)) {
        third.post("/v1/completions", endless);
        awaitMetric(served, "charrnn_queue_length 1");
      }
      awaitMetric(served, "charrnn_queue_length 0");
      assertTrue(served.get("metrics").body().contains("charrnn_requests_running 2"));
    }
  }

  /** Bytes that arrive while a request is computed belong to the next one. */
  @Test
  void requestsThatAreSentAhead_areAllAnswered() throws Exception {
    String body = "{\"prompt\": \"the \", \"max_tokens\": 3000, \"seed\": 1}";
    try (ServedTinyModel served = ServedTinyModel.start();
        RawClient client = RawClient.open(served)) {
      client.post("/v1/completions", body);
      client.post("/v1/completions", body.substring(0, 5), body.length());
      Thread.sleep(20);
      client.send(body.substring(5));
      String expected = "";
      for (int i = 0; i < 2; i++) {
        String text = client.readAnswer();
        assertEquals(i == 0 ? text : expected, text);
        expected = text;
        assertEquals(3000, text.codePointCount(0, text.length()));
      }
    }
  }

  @Test
  void slowSenders_holdNoPlace() throws Exception {
    Limits one =
        new Limits(1 << 20, 1000, 100_000, 8, 1, 0, Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (ServedTinyModel served = ServedTinyModel.start(it -> it.withLimits(one));
        RawClient slow = RawClient.open(served)) {
      slow.post("/v1/completions", "{\"prompt\": ", 5000);
      assertEquals(200, served.post("v1/completions", "{\"prompt\": \"the \"}").statusCode());
    }
  }

  @Test
  void tooManyRequests_areRejectedWithATimeToTryAgain() throws Exception {
    Limits one =
        new Limits(1 << 20, 1000, 100_000, 8, 1, 0, Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (ServedTinyModel served = ServedTinyModel.start(it -> it.withLimits(one));
        RawClient first = RawClient.open(served)) {
      first.post("/v1/completions", ENDLESS);
      first.awaitEvents(1);
      HttpResponse<String> rejected = served.post("v1/completions", "{\"prompt\": \"the \"}");
      assertEquals(429, rejected.statusCode());
      assertEquals("1", rejected.headers().firstValue("Retry-After").orElseThrow());
      assertEquals(200, served.get("readyz").statusCode());
    }
  }

  @Test
  void requestsOverTheTimeLimit_endWithWhatIsThere() throws Exception {
    Limits quick =
        new Limits(1 << 20, 1000, 100_000, 8, 4, 4, Duration.ofSeconds(1), Duration.ofMillis(200));
    try (ServedTinyModel served = ServedTinyModel.start(it -> it.withLimits(quick))) {
      String answer =
          served.post("v1/completions", "{\"prompt\": \"the \", \"max_tokens\": 100000}").body();
      int symbols = ServedTinyModel.json(answer).at("/usage/completion_tokens").intValue();
      assertTrue(symbols > 0 && symbols < 100_000, answer);
    }
  }

  @Test
  void stopping_letsRunningRequestsEnd_andRejectsNewOnes() throws Exception {
    ServedTinyModel served = ServedTinyModel.start(it -> it.withDrain(Duration.ofSeconds(60)));
    String body = "{\"prompt\": \"the \", \"max_tokens\": 3000, \"seed\": 1, \"stream\": true}";
    CompletableFuture<HttpResponse<Stream<String>>> running =
        served
            .client()
            .sendAsync(
                served.request("v1/completions").POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofLines());
    Stream<String> lines = running.get(30, TimeUnit.SECONDS).body();
    Thread stop = Thread.ofVirtual().start(() -> served.server().close());
    while (served.get("readyz").statusCode() == 200) {
      Thread.sleep(5);
    }
    assertEquals(503, served.post("v1/completions", "{\"prompt\": \"the \"}").statusCode());
    assertEquals(
        "data:[DONE]",
        lines.filter(it -> it.startsWith("data:")).toList().getLast().replace(" ", ""));
    stop.join();
    served.client().close();
  }
}
