package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of training do. */
class TrainCommandTest {

  @TempDir private Path directory;
  private Path text;
  private Path model;
  private Path metrics;

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
    model = directory.resolve("a.ckpt");
    metrics = directory.resolve("a.jsonl");
  }

  private Outcome train(Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", text, "--out", model));
    words.addAll(List.of(more));
    return Shell.run(words.toArray());
  }

  private Outcome trainSmall(Object... more) {
    List<Object> words = new ArrayList<>(List.of((Object[]) Texts.SMALL));
    words.addAll(List.of(more));
    return train(words.toArray());
  }

  private TrainingConfig saved() {
    return Checkpoint.readModel(model).config();
  }

  @Test
  void options_winOverTheProfile() {
    Outcome outcome =
        train(
            "--profile",
            "seed",
            "--hidden-size",
            5,
            "--layers",
            2,
            "--embedding-size",
            3,
            "--cell",
            "gru-reset-after",
            "--optimizer",
            "adagrad-epsilon-outside",
            "--learning-rate",
            0.25,
            "--optimizer-option",
            "epsilon=1e-6",
            "--clip-norm",
            2.5,
            "--seq-length",
            7,
            "--batch-size",
            3,
            "--epochs",
            9,
            "--max-steps",
            4,
            "--save-every",
            2,
            "--validation",
            0.2,
            "--seed",
            11,
            "--begin",
            "大",
            "--sample-length",
            3,
            "--temperature",
            0.5,
            "--tokenizer",
            "code-point");
    assertEquals(0, outcome.exitCode(), outcome::err);
    TrainingConfig expected =
        org.charrnn.text.config.Profile.SEED.config().toBuilder()
            .hiddenSize(5)
            .layers(2)
            .embeddingSize(3)
            .cell("gru-reset-after")
            .optimizer("adagrad-epsilon-outside")
            .learningRate(0.25)
            .hyperparameter("epsilon", 1e-6)
            .clipNorm(2.5)
            .seqLength(7)
            .batchSize(3)
            .epochs(9)
            .maxSteps(4)
            .saveEvery(2)
            .validation(0.2)
            .seed(11)
            .begin("大")
            .sampleLength(3)
            .temperature(0.5)
            .build();
    assertEquals(expected, saved());
  }

  @Test
  void noClipping_canBeHadUnderAProfileThatClips() {
    assertEquals(0, trainSmall("--max-steps", 1, "--clip-norm", "none").exitCode());
    assertTrue(saved().optimizer().clipNorm().isEmpty());
  }

  @Test
  void lines_sayWhatHappens() {
    Outcome outcome = trainSmall("--epochs", 1, "--begin", "人总");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().contains("\n303 characters to learn from, 33 held out, 20 different ones; "),
        outcome::err);
    assertTrue(
        outcome.err().contains(" steps in 1 epoch\nepoch 1 done at step 18: "), outcome::err);
    assertTrue(outcome.err().endsWith("\nsaved " + model + " at step 18\n"), outcome::err);
    assertTrue(outcome.out().startsWith("--- what it writes at step 18 ---\n人总"), outcome::out);
  }

  @Test
  void sampleLengthZero_noSamples() {
    Outcome outcome =
        train(
            "--hidden-size",
            4,
            "--seq-length",
            8,
            "--batch-size",
            2,
            "--max-steps",
            1,
            "--sample-length",
            0);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().startsWith("The model is in "), outcome::out);
  }

  @Test
  void keepCrlf_lineEndsAreLearnt() throws IOException {
    Files.writeString(text, Texts.CHOICES.replace("\n", "\r\n"));
    assertEquals(0, trainSmall("--max-steps", 1, "--keep-crlf").exitCode());
    assertTrue(symbols().contains("\r"));
    assertEquals(0, trainSmall("--max-steps", 1, "--force").exitCode());
    assertFalse(symbols().contains("\r"));
  }

  private List<String> symbols() {
    return Checkpoint.readModel(model).vocabulary().entries().stream()
        .map(Vocabulary.Entry::symbol)
        .toList();
  }

  @Test
  void modelExists_isRefusedUnlessForced() throws IOException {
    assertEquals(0, trainSmall("--max-steps", 3).exitCode());
    byte[] before = Files.readAllBytes(model);
    Outcome refused = trainSmall("--max-steps", 1);
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused.err().contains("it exists already. Go on with its training with --resume"),
        refused::err);
    assertArrayEquals(before, Files.readAllBytes(model));
    assertEquals(0, trainSmall("--max-steps", 1, "--force").exitCode());
    assertEquals(1, saved().run().maxSteps().orElseThrow());
  }

  @Test
  void resume_nothingThere_isTold() {
    Outcome outcome = trainSmall("--resume");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("Checkpoint " + model + " does not exist"), outcome::err);
  }

  @Test
  void resume_withoutOptions_takesThoseOfTheCheckpoint() {
    assertEquals(0, trainSmall("--epochs", 2, "--max-steps", 20).exitCode());
    Outcome outcome = train("--resume", "--max-steps", 22);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.err().contains(", going on at step 20\n"), outcome::err);
    assertEquals(6, saved().model().hiddenSize());
    assertEquals(2, saved().run().epochs());
  }

  @Test
  void resume_moreEpochs_endsTheLimitOfSteps() {
    assertEquals(0, trainSmall("--max-steps", 3).exitCode());
    Outcome outcome = train("--resume", "--epochs", 1);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.err().contains("charrnn: from here on --epochs 1 (was 20)\n"), outcome::err);
    assertTrue(
        outcome.err().contains("charrnn: from here on --max-steps none (was 3)\n"), outcome::err);
    assertTrue(outcome.err().endsWith("saved " + model + " at step 18\n"), outcome::err);
  }

  @Test
  void resume_anotherModel_listsAllDifferences() throws IOException {
    assertEquals(0, trainSmall("--max-steps", 3).exitCode());
    byte[] before = Files.readAllBytes(model);
    Outcome outcome =
        train(
            "--resume",
            "--hidden-size",
            7,
            "--cell",
            "gru-reset-after",
            "--seed",
            6,
            "--epochs",
            30);
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .contains(
                "it was trained with --hidden-size 6, not 7; --cell gru, not gru-reset-after; --seed 5, not 6."),
        outcome::err);
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  @Test
  void resume_anotherProfile_isRefused() {
    assertEquals(0, trainSmall("--max-steps", 3).exitCode());
    Outcome outcome = trainSmall("--resume", "--profile", "seed", "--max-steps", 9);
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("state carried on true, not false"), outcome::err);
  }

  @Test
  void resume_theSameProfile_goesOn() {
    assertEquals(0, trainSmall("--profile", "seed", "--max-steps", 3).exitCode());
    Outcome outcome = trainSmall("--profile", "seed", "--max-steps", 4, "--resume");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(
        1,
        outcome.err().lines().filter(line -> line.contains("from here on")).count(),
        outcome::err);
  }

  @Test
  void resume_anotherText_isRefused() throws IOException {
    assertEquals(0, trainSmall("--max-steps", 3).exitCode());
    Files.writeString(text, Texts.CHOICES + "完");
    Outcome outcome = trainSmall("--max-steps", 4, "--resume");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("on another text than " + text), outcome::err);
  }

  @Test
  void resume_allDone_saysSo() throws IOException {
    assertEquals(0, trainSmall("--max-steps", 3).exitCode());
    byte[] before = Files.readAllBytes(model);
    Outcome outcome = train("--resume");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.out().startsWith("Nothing to do: " + model + " holds step 3 of 3."), outcome::out);
    assertArrayEquals(before, Files.readAllBytes(model));
  }

  @Test
  void metrics_aLineForEachStep_alsoWhenResumed() throws IOException {
    assertEquals(0, trainSmall("--max-steps", 17, "--metrics", metrics).exitCode());
    Outcome resumed = trainSmall("--max-steps", 19, "--metrics", metrics, "--resume");
    assertEquals(0, resumed.exitCode(), resumed::err);
    List<String> lines = Files.readAllLines(metrics);
    assertEquals(19, lines.size());
    for (int step = 1; step <= 19; step++) {
      String start =
          "{\"step\":%d,\"epoch\":%d,\"characters\":%d,\"nats_per_char\":"
              .formatted(step, step > 18 ? 2 : 1, 16 * step);
      String line = lines.get(step - 1);
      assertTrue(line.startsWith(start), line);
      assertEquals(step == 18, line.contains(",\"validation_nats_per_char\":"), line);
    }
  }

  @Test
  void metrics_ofAnotherRun_areNotLost() throws IOException {
    Files.writeString(metrics, "{\"step\":1,\"epoch\":1}\n");
    Outcome refused = trainSmall("--max-steps", 1, "--metrics", metrics);
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused.err().contains("Cannot write " + metrics + ": it exists already"), refused::err);
    assertEquals("{\"step\":1,\"epoch\":1}\n", Files.readString(metrics));
    assertFalse(Files.exists(model));
  }

  @Test
  void metrics_intoTheText_isRefused() throws IOException {
    Outcome outcome = trainSmall("--max-steps", 1, "--metrics", text, "--force");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("--metrics needs a file of its own"), outcome::err);
    assertEquals(Texts.CHOICES, Files.readString(text));
  }
}
