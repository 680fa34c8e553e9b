package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.graph.Shape;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.snapshot.Snapshot;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command 'inspect'. */
class InspectCommandTest {

  @TempDir private static Path directory;
  private static Training training;

  @BeforeAll
  static void train() throws IOException {
    training = Training.in(directory);
    assertEquals(0, training.small("--max-steps", 20).exitCode());
  }

  @Test
  void text_showsAllContents() {
    Outcome outcome = Shell.run("inspect", training.model());
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().contains(", vocabulary of 20\n"), outcome::out);
    assertTrue(
        outcome.out().contains("trained for 20 steps: 1 epochs and 2 windows of the next; corpus "),
        outcome::out);
    assertTrue(outcome.out().contains("most frequent: 选 10.7 %, "), outcome::out);
    assertTrue(outcome.out().contains(", U+000A 3.6 %"), outcome::out);
    assertTrue(outcome.out().contains("\n  --hidden-size              6\n"), outcome::out);
    assertTrue(outcome.out().matches("(?s).*\n  embedding +\\[20, 6] .*"), outcome::out);
    assertTrue(outcome.out().contains("\nTraining state "), outcome::out);
    assertFalse(outcome.out().contains("NOT FINITE"), outcome::out);
  }

  @Test
  void json_hasTheStatisticsOfTheTensors() {
    Outcome outcome = Shell.run("inspect", training.model(), "--json", "--symbols", 3);
    assertEquals(0, outcome.exitCode(), outcome::err);
    JsonNode json = JsonMapper.shared().readTree(outcome.out());
    Snapshot saved = Snapshot.read(training.model());
    assertEquals(
        saved.model().tensors().values().stream().mapToLong(it -> it.shape().elements()).sum(),
        json.get("parameters").longValue());
    assertEquals(20, json.get("vocabulary").get("size").intValue());
    assertEquals(336, json.get("vocabulary").get("characters").intValue());
    assertEquals(3, json.get("vocabulary").get("most_frequent").size());
    assertEquals(6, json.get("configuration").get("model").get("hiddenSize").intValue());
    assertEquals(20, json.get("training").get("step").intValue());
    assertEquals(
        Corpus.of(Texts.CHOICES).fingerprint(), json.get("training").get("text").asString());
    assertEquals(saved.model().tensors().size(), json.get("tensors").size());
    assertEquals(
        saved.training().orElseThrow().tensors().size(),
        json.get("training").get("tensors").size());
    HostTensor bias = saved.model().tensors().get("output.bias");
    JsonNode shown = json.get("tensors").get("output.bias");
    double sum = 0;
    for (float value : bias.values()) {
      sum += value;
    }
    assertEquals(sum / 20, shown.get("mean").doubleValue(), 1e-9);
    assertEquals(20, shown.get("shape").get(0).intValue());
    assertEquals(0, shown.get("not_finite").intValue());
  }

  @Test
  void modelWithoutTrainingState_isReported() throws IOException {
    Path file = directory.resolve("alone.ckpt");
    SavedModel model = Checkpoint.readModel(training.model());
    Checkpoint.writeModel(model, file);
    Outcome outcome = Shell.run("inspect", file, "--symbols", 0);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().contains("model weights only"), outcome::out);
    assertFalse(outcome.out().contains("most frequent"), outcome::out);
    assertFalse(
        JsonMapper.shared().readTree(Shell.run("inspect", file, "--json").out()).has("training"));
  }

  /** Defaults of the configuration say nothing about a model from elsewhere. */
  @Test
  void importedModel_isReportedAndItsTrainingIsUnknown() throws IOException {
    Path file = directory.resolve("imported.ckpt");
    SavedModel model = Checkpoint.readModel(training.model());
    Checkpoint.writeModel(
        new SavedModel(
            model.config(),
            Vocabulary.of(
                model.vocabulary().entries().stream()
                    .map(it -> new Vocabulary.Entry(it.symbol(), 0))
                    .toList()),
            model.tensors(),
            Optional.of(new SavedModel.Origin.Imported("ml5.js", false))),
        file);
    Outcome outcome = Shell.run("inspect", file);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.out().contains("imported from ml5.js; how it was trained is unknown\n"),
        outcome::out);
    assertTrue(
        outcome.out().contains("most frequent: unknown, the vocabulary has no counts\n"),
        outcome::out);
    assertTrue(outcome.out().contains("\n  --hidden-size              6\n"), outcome::out);
    assertTrue(outcome.out().contains("\n  --optimizer                unknown\n"), outcome::out);
    JsonNode json = JsonMapper.shared().readTree(Shell.run("inspect", file, "--json").out());
    assertEquals("ml5.js", json.get("imported").get("format").asString());
    assertFalse(json.get("imported").get("configuration_known").booleanValue());
  }

  @Test
  void figures_ignoreNonFiniteElements() {
    TensorFigures figures =
        TensorFigures.of(
            new HostTensor(
                Shape.of(5), new float[] {1, Float.NaN, -3, Float.POSITIVE_INFINITY, 2}));
    assertEquals(0, figures.mean(), 1e-12);
    assertEquals(Math.sqrt(14 / 3.0), figures.deviation(), 1e-12);
    assertEquals(-3, figures.minimum());
    assertEquals(2, figures.maximum());
    assertEquals(Math.sqrt(14), figures.norm(), 1e-12);
    assertEquals(2, figures.notFinite());
  }

  @Test
  void notACheckpoint_isReported() throws IOException {
    Outcome gone = Shell.run("inspect", directory.resolve("gone.ckpt"));
    assertEquals(2, gone.exitCode());
    assertTrue(gone.err().contains("gone.ckpt does not exist"), gone::err);
    Outcome text = Shell.run("inspect", training.text());
    assertEquals(2, text.exitCode());
    assertTrue(text.err().contains("is not a checkpoint"), text::err);
    byte[] whole = Files.readAllBytes(training.model());
    Path half = Files.write(directory.resolve("half.ckpt"), Arrays.copyOf(whole, whole.length / 2));
    Outcome truncated = Shell.run("inspect", half);
    assertEquals(2, truncated.exitCode());
    assertTrue(truncated.err().contains("half.ckpt"), truncated::err);
    assertEquals("", truncated.out());
    Outcome symbols = Shell.run("inspect", training.model(), "--symbols", -1);
    assertEquals(2, symbols.exitCode());
    assertEquals("charrnn: --symbols must be at least 0: -1\n", symbols.err());
  }

  /** A long name pads no other line: output is proportional to the file. */
  @Test
  void text_oneLongName_doesNotWidenTheOthers() throws IOException {
    SavedModel model = Checkpoint.readModel(training.model());
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    tensors.put("n".repeat(250), new HostTensor(Shape.of(1), new float[1]));
    for (int i = 0; i < 3000; i++) {
      tensors.put("t" + i, new HostTensor(Shape.of(1), new float[1]));
    }
    Path file = directory.resolve("names.ckpt");
    Checkpoint.writeModel(new SavedModel(model.config(), model.vocabulary(), tensors), file);
    Outcome outcome = Shell.run("inspect", file);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().length() < 2 * Files.size(file), outcome.out().length() + " chars");
  }
}
