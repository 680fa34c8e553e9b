package org.charrnn.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.charrnn.api.CharRnnException;
import org.charrnn.cli.Shell;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.cli.Texts;
import org.charrnn.cli.record.RunFolder;
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

/**
 * A run with a damaged file: the page is made nevertheless, or a documented exception is thrown.
 */
class DamagedRunTest {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Each is of another type, or beyond the limits, for most fields. */
  private static final List<String> VALUES =
      List.of("null", "true", "\"x\"", "[]", "{}", "[null]", "[[]]", "-1", "0.5", "1e300", "0");

  @TempDir private static Path directory;

  private static Path folder = Path.of("");
  private Path damaged = Path.of("");
  private String original = "";

  @BeforeAll
  static void train() throws IOException {
    Path text = Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
    folder = directory.resolve("a.run");
    Outcome trained =
        Shell.run(
            Stream.concat(
                    Stream.of("train", text, "--out", directory.resolve("a.ckpt"), "--epochs", 1),
                    Stream.of(Texts.SMALL))
                .toArray());
    assertEquals(0, trained.exitCode(), trained::err);
  }

  private void damage(String name) throws IOException {
    damaged = folder.resolve(name);
    original = Files.readString(damaged);
  }

  @AfterEach
  void repair() throws IOException {
    Files.writeString(damaged, original);
  }

  private static String page() throws IOException {
    return new ReportPage(RunFiles.read(RunFolder.existing(folder))).html();
  }

  private void assertReadOrReported(String content) throws IOException {
    Files.writeString(damaged, content);
    try {
      assertTrue(page().endsWith("</html>\n"));
    } catch (IOException | CharRnnException e) {
      assertTrue(
          String.valueOf(e.getMessage()).contains(String.valueOf(damaged.getFileName())),
          () -> e.getMessage() + ": " + content);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.json", "surprise.json", "config.json", "measures.jsonl"})
  void fieldOfAnotherType_isReported(String name) throws IOException {
    damage(name);
    for (String content : damagedCopies(original)) {
      assertReadOrReported(content);
    }
  }

  @Test
  void metricsFieldOfAnotherType_isReported() throws IOException {
    damage("metrics.jsonl");
    for (String line : damagedCopies(original.lines().findFirst().orElseThrow())) {
      assertReadOrReported(line + "\n" + original);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"run.json", "surprise.json", "config.json", "measures.jsonl", "metrics.jsonl"})
  void fileOfAnotherKind_isReported(String name) throws IOException {
    damage(name);
    for (String content :
        List.of("", "null", "[]", "7", "\"x\"", "{", "{}\n{}\n", "[".repeat(9999))) {
      assertReadOrReported(content);
    }
    Files.write(damaged, new byte[] {'{', (byte) 0xFF, (byte) 0xFE, '}', '\n', '\n'});
    Outcome outcome = Shell.run("report", folder);
    assertEquals(2, outcome.exitCode(), outcome::err);
  }

  @Test
  void baselineTwice_isDrawnOnce() throws IOException {
    damage("run.json");
    JsonNode json = MAPPER.readTree(original);
    ArrayNode baseline = (ArrayNode) json.get("baseline");
    baseline.add(baseline.get(0));
    Files.writeString(damaged, MAPPER.writeValueAsString(json));
    assertEquals(
        Optional.empty(),
        Plots.write(RunFolder.existing(folder), RunFiles.read(RunFolder.existing(folder))));
  }

  @Test
  void measuresOfNoSamples_areReportedByTheCommand() throws IOException {
    damage("measures.jsonl");
    Files.writeString(damaged, original.replaceAll("\"samples\":\\d+", "\"samples\":0"));
    Outcome outcome = Shell.run("report", folder);
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome.err().contains("measures.jsonl: 'samples' must be an integer of at least 1"),
        outcome::err);
  }

  @Test
  void nullAmongTheSurprisals_isReported() throws IOException {
    damage("surprise.json");
    Files.writeString(
        damaged, original.replaceFirst("\"expected\":\\[\\[", "\"expected\":[null,["));
    IOException failure = assertThrows(IOException.class, DamagedRunTest::page);
    assertEquals("surprise.json: 'expected' must be an array of pairs", failure.getMessage());
  }

  /** The object with each of its values, in arrays only the first one, replaced or removed. */
  private static List<String> damagedCopies(String text) {
    List<String> copies = new ArrayList<>();
    JsonNode root = MAPPER.readTree(text);
    addCopies(root, root, copies);
    return copies;
  }

  private static void addCopies(JsonNode root, JsonNode node, List<String> copies) {
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
        addCopies(root, before, copies);
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      JsonNode before = array.get(0);
      for (String value : VALUES) {
        array.set(0, MAPPER.readTree(value));
        copies.add(root.toString());
      }
      array.set(0, before);
      addCopies(root, before, copies);
    }
  }
}
