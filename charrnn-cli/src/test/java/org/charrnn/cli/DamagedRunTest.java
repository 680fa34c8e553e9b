package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The command 'report' on a folder in which a file was damaged. */
class DamagedRunTest {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Each of another type, or beyond the limits of every field. */
  private static final List<String> VALUES =
      List.of("null", "true", "\"x\"", "[]", "{}", "[null]", "[[]]", "-1", "0.5", "1e999", "0");

  @TempDir private static Path directory;

  private static Path folder;
  private static Path damaged;
  private static String original = "";

  @BeforeAll
  static void train() throws IOException {
    Training training = Training.in(directory);
    assertEquals(0, training.small("--epochs", 1).exitCode());
    folder = directory.resolve("a.run");
  }

  private static void damage(String name) throws IOException {
    damaged = folder.resolve(name);
    original = Files.readString(damaged);
  }

  @AfterEach
  void repair() throws IOException {
    Files.writeString(damaged, original);
  }

  /** The command fails with a message about the file, or the content is legal after all. */
  private static void assertReported(String content) throws IOException {
    Files.writeString(damaged, content);
    Outcome outcome = Shell.run("report", folder);
    if (outcome.exitCode() != 0) {
      assertEquals(2, outcome.exitCode(), () -> outcome.err() + content);
      assertTrue(
          outcome.err().contains(String.valueOf(damaged.getFileName())),
          () -> outcome.err() + content);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "surprise.json", "config.json", "measures.jsonl"})
  void fieldOfAnotherType_isReported(String name) throws IOException {
    damage(name);
    for (String content : damagedCopies(original.lines().findFirst().orElseThrow(), original)) {
      assertReported(content);
    }
  }

  @Test
  void metricsFieldOfAnotherType_isReported() throws IOException {
    damage("metrics.jsonl");
    String line = original.lines().findFirst().orElseThrow();
    for (String content : damagedCopies(line, line)) {
      assertReported(content + "\n" + original);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run.json", "surprise.json", "config.json", "measures.jsonl", "metrics.jsonl"})
  void fileOfAnotherKind_isReported(String name) throws IOException {
    damage(name);
    for (String content : List.of("", "null", "[]", "7", "\"x\"", "{", "{}\n{}\n", "[".repeat(9999))) {
      assertReported(content);
    }
    Files.write(damaged, new byte[] {'{', (byte) 0xFF, (byte) 0xFE, '}'});
    Outcome outcome = Shell.run("report", folder);
    assertEquals(2, outcome.exitCode(), outcome::err);
  }

  @Test
  void measuresOfNoSamples_areReported() throws IOException {
    damage("measures.jsonl");
    String none = original.replaceAll("\"samples\":\\d+", "\"samples\":0");
    Files.writeString(damaged, none);
    Outcome outcome = Shell.run("report", folder);
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome.err().contains("measures.jsonl: 'samples' must be an integer of at least 1"),
        outcome::err);
  }

  @Test
  void nullInSurprisals_isReported() throws IOException {
    damage("surprise.json");
    Files.writeString(damaged, original.replaceFirst("\"expected\":\\[\\[", "\"expected\":[null,["));
    Outcome outcome = Shell.run("report", folder);
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("'expected' must be an array of pairs"), outcome::err);
  }

  /** The object with each of its values, to the first element of arrays, replaced by others. */
  private static List<String> damagedCopies(String firstLine, String whole) {
    String text = whole.startsWith(firstLine + "\n{") ? firstLine : whole;
    List<String> copies = new ArrayList<>();
    JsonNode root = MAPPER.readTree(text);
    collect(root, root, copies);
    return copies;
  }

  private static void collect(JsonNode root, JsonNode node, List<String> copies) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(object.propertyNames())) {
        JsonNode before = object.get(name);
        for (String value : VALUES) {
          object.set(name, MAPPER.readTree(value));
          copies.add(root.toString());
        }
        object.remove(name);
        copies.add(root.toString());
        object.set(name, before);
        collect(root, before, copies);
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      JsonNode before = array.get(0);
      for (String value : VALUES) {
        array.set(0, MAPPER.readTree(value));
        copies.add(root.toString());
      }
      array.set(0, before);
      collect(root, before, copies);
    }
  }
}
