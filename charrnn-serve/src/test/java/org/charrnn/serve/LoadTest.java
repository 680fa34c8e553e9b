package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.Test;

/**
 * Many clients at once get the texts that they would get alone. The system property {@code
 * charrnn.load.seconds} sets how long they ask.
 */
class LoadTest {

  private static final int CLIENTS = 64;
  private static final Duration TIME =
      Duration.ofSeconds(Integer.getInteger("charrnn.load.seconds", 4));

  @Test
  void clientsAtOnce_getTheTextsThatTheyGetAlone() throws Exception {
    AtomicLong characters = new AtomicLong();
    long start = System.nanoTime();
    try (ServedTinyModel served = ServedTinyModel.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        clients.add(
            threads.submit(() -> {
              Random random = new Random(number);
              int requests = 0;
              while (requests == 0 || System.nanoTime() - start < TIME.toNanos()) {
                characters.addAndGet(ask(served, random));
                requests++;
              }
              return requests;
            }));
      }
      for (Future<Integer> client : clients) {
        assertTrue(client.get() > 0);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%d clients: %.0f characters per second%n", CLIENTS, characters.get() / seconds);
  }

  private static int ask(ServedTinyModel served, Random random) throws Exception {
    String prompt = List.of("the ", "cat sat", "选择", "一条路。\\nthe").get(random.nextInt(4));
    int length = 1 + random.nextInt(80);
    int seed = random.nextInt(1000);
    double temperature = random.nextInt(3) / 2.0;
    String body =
        String.format(
            "{\"prompt\": \"%s\", \"max_tokens\": %d, \"seed\": %d, \"temperature\": %s, \"stream\": true}",
            prompt, length, seed, temperature);
    StringBuilder text = new StringBuilder();
    for (String line : served.post("v1/completions", body).body().split("\n")) {
      if (line.startsWith("data:") && !line.contains("[DONE]")) {
        text.append(ServedTinyModel.json(line.substring(5)).at("/choices/0/text").stringValue());
      }
    }
    String typed = prompt.replace("\\n", "\n");
    LanguageModel alone = served.model();
    assertEquals(
        alone.generate(GenerationRequest.sampled(typed, length, temperature, seed)), typed + text);
    return length;
  }
}
