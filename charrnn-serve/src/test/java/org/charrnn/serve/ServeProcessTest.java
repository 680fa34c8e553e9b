package org.charrnn.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The commands as a user types them, in processes of their own that are killed and stopped. */
@Timeout(180)
class ServeProcessTest {

  @TempDir private static Path folder;
  private static Path model;
  private static String text;

  @BeforeAll
  static void train() {
    model = folder.resolve("tiny.ckpt");
    try (ServedTinyModel served = ServedTinyModel.start()) {
      served.model().save(model);
      text = served.model().generate(GenerationRequest.greedy("the ", 20));
    }
  }

  /**
   * A command that has printed the address of its page; its later lines are added to the others.
   */
  private record Running(Process process, String address, List<String> lines, Thread reader)
      implements AutoCloseable {

    static Running start(String... arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      command.addAll(
          List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath));
      command.add(1, "-Dslf4j.internal.verbosity=ERROR"); // of the clients of other tests
      command.add("org.charrnn.cli.Main");
      command.addAll(List.of(arguments));
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
      builder.environment().remove("STATE_DIRECTORY");
      builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
      Process process = builder.start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      List<String> seen = Collections.synchronizedList(new ArrayList<>());
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        seen.add(line);
        int begin = line.indexOf("http://127.0.0.1:");
        if (begin >= 0) {
          Thread reader = Thread.ofPlatform().daemon().start(() -> out.lines().forEach(seen::add));
          return new Running(process, line.substring(begin).strip(), seen, reader);
        }
      }
      throw new AssertionError("no address: " + seen);
    }

    JsonNode complete(String body) throws IOException, InterruptedException {
      try (HttpClient client = HttpClient.newHttpClient()) {
        return ServedTinyModel.json(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(address + "v1/completions"))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                    BodyHandlers.ofString())
                .body());
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static Running serve() throws IOException {
    return Running.start(
        "serve", "m=" + model, "--port", "0", "--accelerator", "java", "--threads", "1");
  }

  @Test
  void sessions_outliveAServerThatIsKilled() throws Exception {
    JsonNode first;
    try (Running server = serve()) {
      first =
          server.complete(
              "{\"model\": \"m\", \"prompt\": \"the \", \"max_tokens\": 8, \"temperature\": 0, \"session\": true}");
      server.process().destroyForcibly().waitFor();
    }
    try (Running server = serve()) {
      JsonNode second =
          server.complete(
              "{\"max_tokens\": 12, \"temperature\": 0, \"session\": "
                  + first.at("/choices/0/session")
                  + "}");
      assertEquals(
          text,
          "the "
              + first.at("/choices/0/text").stringValue()
              + second.at("/choices/0/text").stringValue());
    }
  }

  @Test
  void startAndStop_printOnlyLinesOfCharrnn() throws Exception {
    try (Running server = serve()) {
      server.process().destroy();
      server.process().waitFor();
      server.reader().join();
      assertEquals(List.of("Serving m on " + server.address()), server.lines());
    }
  }

  @Test
  void sigterm_letsAStreamEnd() throws Exception {
    try (Running server = serve();
        HttpClient client = HttpClient.newHttpClient()) {
      String body = "{\"prompt\": \"the \", \"max_tokens\": 4000, \"seed\": 1, \"stream\": true}";
      CompletableFuture<Stream<String>> lines =
          client
              .sendAsync(
                  HttpRequest.newBuilder(URI.create(server.address() + "v1/completions"))
                      .POST(BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.ofLines())
              .thenApply(response -> response.body());
      Stream<String> events = lines.get(60, TimeUnit.SECONDS);
      server.process().destroy();
      List<String> data = events.filter(line -> line.startsWith("data:")).toList();
      assertTrue(data.getLast().contains("[DONE]"), data::getLast);
      assertEquals(143, server.process().waitFor());
    }
  }

  @Test
  void trainServe_showsTheTraining() throws Exception {
    Path corpus = folder.resolve("corpus.txt");
    Files.writeString(corpus, "the cat sat on the mat. the dog ran.\n".repeat(200));
    try (Running training =
            Running.start(
                "train",
                corpus.toString(),
                "--out",
                folder.resolve("t.ckpt").toString(),
                "--serve",
                "0",
                "--hidden-size",
                "16",
                "--epochs",
                "100000",
                "--seq-length",
                "16",
                "--batch-size",
                "4",
                "--accelerator",
                "java",
                "--threads",
                "1",
                "--run-folder",
                "none");
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest state =
          HttpRequest.newBuilder(URI.create(training.address() + "training")).build();
      HttpRequest models =
          HttpRequest.newBuilder(URI.create(training.address() + "v1/models")).build();
      JsonNode seen;
      do {
        Thread.sleep(100);
        seen = ServedTinyModel.json(client.send(state, BodyHandlers.ofString()).body());
      } while (seen.at("/losses/3").isMissingNode());
      assertEquals("running", seen.get("state").stringValue());
      while (!client.send(models, BodyHandlers.ofString()).body().contains("\"training\"")) {
        Thread.sleep(100);
      }
      assertTrue(
          training
              .complete("{\"prompt\": \"the \", \"max_tokens\": 4}")
              .at("/choices/0/text")
              .isString());
    }
  }
}
