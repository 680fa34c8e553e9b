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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.charrnn.serve.options.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    void post(String body, int declared) throws IOException {
      String request =
          "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
              + declared
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
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

  private static void awaitNoneRunning(ServedTinyModel served) throws Exception {
    long start = System.nanoTime();
    while (!served.get("metrics").body().contains("charrnn_requests_running 0")) {
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos(), "still running");
      Thread.sleep(20);
    }
  }

  @Test
  void clientsThatVanish_leaveNothingRunning() throws Exception {
    try (ServedTinyModel served = ServedTinyModel.start()) {
      for (int i = 0; i < 20; i++) {
        try (RawClient client = RawClient.open(served)) {
          client.post(ENDLESS, ENDLESS.length());
          client.awaitEvents(1 + i % 4);
        }
      }
      awaitNoneRunning(served);
      assertEquals(200, served.post("v1/completions", "{\"prompt\": \"the \"}").statusCode());
    }
  }

  @Test
  void slowSenders_holdNoPlace() throws Exception {
    Limits one =
        new Limits(1 << 20, 1000, 100_000, 8, 1, 0, Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (ServedTinyModel served = ServedTinyModel.start(it -> it.withLimits(one));
        RawClient slow = RawClient.open(served)) {
      slow.post("{\"prompt\": ", 5000);
      assertEquals(200, served.post("v1/completions", "{\"prompt\": \"the \"}").statusCode());
    }
  }

  @Test
  void tooManyRequests_areRejectedWithATimeToTryAgain() throws Exception {
    Limits one =
        new Limits(1 << 20, 1000, 100_000, 8, 1, 0, Duration.ofSeconds(1), Duration.ofMinutes(1));
    try (ServedTinyModel served = ServedTinyModel.start(it -> it.withLimits(one));
        RawClient first = RawClient.open(served)) {
      first.post(ENDLESS, ENDLESS.length());
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
