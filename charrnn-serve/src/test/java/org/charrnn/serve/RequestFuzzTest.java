package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random bodies: each is answered with success or with an error of the client, and the server works
 * as before. The system property {@code charrnn.fuzz.requests} sets their number.
 */
class RequestFuzzTest {

  private static final int REQUESTS = Integer.getInteger("charrnn.fuzz.requests", 2000);

  private static final List<String> FIELDS =
      List.of(
          "model",
          "prompt",
          "max_tokens",
          "temperature",
          "top_p",
          "n",
          "best_of",
          "stop",
          "stream",
          "stream_options",
          "logprobs",
          "echo",
          "seed",
          "logit_bias",
          "top_k",
          "repetition_penalty",
          "no_repeat_ngram_size",
          "beam_width",
          "length_penalty",
          "unknown",
          "session",
          "texts",
          "top",
          "input",
          "content",
          "tokens",
          "unknown_price");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "1",
          "-1",
          "3",
          "0.5",
          "-0.0",
          "1e9",
          "1e999",
          "1e-999",
          "9223372036854775808",
          "NaN",
          "\"\"",
          "\"the \"",
          "\"选\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"択\"",
          "[]",
          "[1]",
          "[0, 1, 2]",
          "[[1], [2]]",
          "[\"the\", \"cat\"]",
          "[null]",
          "{}",
          "{\"1\": 5}",
          "{\"-1\": 5}",
          "{\"1\": \"x\"}",
          "{\"include_usage\": true}",
          "\"tiny\"",
          "\"skip\"",
          "[[[[]]]]",
          "[\"a\", 1]",
          "\"AAAA\"");

  private static final List<String> PATHS =
      List.of(
          "v1/completions",
          "v1/completions",
          "v1/completions",
          "v1/score",
          "v1/embeddings",
          "tokenize",
          "detokenize");

  @Test
  void randomBodies_neverFailTheServer() throws Exception {
    Random random = new Random(5);
    try (ServedTinyModel served = ServedTinyModel.start()) {
      String text = "{\"prompt\": \"the \", \"max_tokens\": 20, \"seed\": 2}";
      String before = served.complete(text).at("/choices/0/text").stringValue();
      Map<Integer, Integer> statuses = new TreeMap<>();
      long start = System.nanoTime();
      for (int i = 0; i < REQUESTS; i++) {
        byte[] body = body(random);
        String path = PATHS.get(random.nextInt(PATHS.size()));
        HttpResponse<String> response =
            served
                .client()
                .send(
                    served.request(path).POST(BodyPublishers.ofByteArray(body)).build(),
                    BodyHandlers.ofString());
        statuses.merge(response.statusCode(), 1, Integer::sum);
        assertTrue(
            response.statusCode() < 500,
            () ->
                path
                    + " "
                    + new String(body, StandardCharsets.UTF_8)
                    + " -> "
                    + response.statusCode()
                    + " "
                    + response.body());
        assertTrue(!response.body().contains("server_error"), response.body());
      }
      System.out.printf(
          Locale.ROOT,
          "%,d random requests in %.1f s, answers by status: %s%n",
          REQUESTS,
          (System.nanoTime() - start) / 1e9,
          statuses);
      assertEquals(before, served.complete(text).at("/choices/0/text").stringValue());
    }
  }

  private static byte[] body(Random random) {
    StringBuilder body = new StringBuilder("{\"max_tokens\": 2");
    int fields = random.nextInt(5);
    for (int i = 0; i < fields; i++) {
      body.append(", \"")
          .append(FIELDS.get(random.nextInt(FIELDS.size())))
          .append("\": ")
          .append(VALUES.get(random.nextInt(VALUES.size())));
    }
    String prefix = random.nextInt(3) == 0 ? "{" : body.append("}").toString();
    String text = random.nextBoolean() ? prefix.replaceFirst("\"max_tokens\": 2, ", "") : prefix;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(8) == 0 ? 1 + random.nextInt(3) : 0; i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
