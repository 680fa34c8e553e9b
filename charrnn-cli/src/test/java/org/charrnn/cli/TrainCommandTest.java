package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of training do. */
class TrainCommandTest {

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  @Test
  void options_winOverTheProfile() {
    Outcome outcome =
        training.run(
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
            "--clip-value",
            0.125,
            "--accumulate",
            2,
            "--carry-state",
            "--dropout",
            0.25,
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
        Profile.SEED.config().toBuilder()
            .model(it -> it.hiddenSize(5).layers(2).embeddingSize(3).cell("gru-reset-after"))
            .optimizer(it ->
                it.name("adagrad-epsilon-outside")
                    .learningRate(0.25)
                    .hyperparameter("epsilon", 1e-6)
                    .clipNorm(2.5)
                    .clipValue(0.125)
                    .accumulate(2))
            .windows(it -> it.carryState(true))
            .optimizer(it -> it.dropout(0.25))
            .windows(it -> it.seqLength(7).batchSize(3))
            .run(it -> it.epochs(9).maxSteps(4).saveEvery(2).validation(0.2).seed(11))
            .sample(it -> it.prompt("大").length(3).temperature(0.5))
            .build();
    assertEquals(expected, training.saved());
  }

  @Test
  void noClipping_canBeHadUnderAProfileThatClips() {
    assertEquals(0, training.small("--max-steps", 1, "--clip-norm", "none").exitCode());
    assertTrue(training.saved().optimizer().clipNorm().isEmpty());
  }

  @Test
  void switches_canBeTurnedOnAndOff() {
    Object[] tied = {"--embedding-size", 6, "--tie-weights", "--no-carry-state", "--max-steps", 1};
    assertEquals(0, training.small(tied).exitCode());
    assertTrue(training.saved().model().tieWeights());
    assertFalse(training.saved().windows().carryState());
    Outcome changed = training.run("--resume", "--no-tie-weights", "--max-steps", 2);
    assertEquals(2, changed.exitCode());
    assertTrue(
        changed.err().contains("it was trained with --tie-weights true, not false."), changed::err);
  }

  @Test
  void clipValue_none() {
    assertEquals(0, training.small("--max-steps", 1, "--clip-value", 0.5).exitCode());
    assertEquals(0.5, training.saved().optimizer().clipValue().orElseThrow());
    assertEquals(0, training.run("--resume", "--max-steps", 2, "--clip-value", "none").exitCode());
    assertTrue(training.saved().optimizer().clipValue().isEmpty());
  }

  @Test
  void lines_sayWhatHappens() {
    Outcome outcome = training.small("--epochs", 1, "--begin", "人总");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().contains("\n303 training characters, 33 held out, vocabulary of 20; "),
        outcome::err);
    assertTrue(
        outcome.err().contains(" steps in 1 epoch\nepoch 1 done at step 18: "), outcome::err);
    assertTrue(
        outcome
            .err()
            .endsWith(
                String.format(
                    Locale.ROOT,
                    "\nsaved %s, the best so far, at step 18\nsaved %s at step 18\n",
                    training.best(),
                    training.model())),
        outcome::err);
    assertTrue(outcome.out().startsWith("--- sample at step 18 ---\n人总"), outcome::out);
  }

  @Test
  void sampleLengthZero_noSamples() {
    Outcome outcome =
        training.run(
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
    assertTrue(outcome.out().startsWith("The best model, of step 1, is in "), outcome::out);
  }

  @Test
  void keepCrlf_lineEndsAreLearnt() throws IOException {
    Files.writeString(training.text(), Texts.CHOICES.replace("\n", "\r\n"));
    assertEquals(0, training.small("--max-steps", 1, "--keep-crlf").exitCode());
    assertTrue(symbols().contains("\r"));
    assertEquals(0, training.small("--max-steps", 1, "--force").exitCode());
    assertFalse(symbols().contains("\r"));
  }

  @Test
  void streamAbove_sameBytes() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    byte[] held = Files.readAllBytes(training.model());
    Outcome first = training.small("--max-steps", 2, "--force", "--stream-above", 0);
    assertEquals(0, first.exitCode(), first::err);
    Outcome resumed = training.small("--max-steps", 3, "--resume", "--stream-above=0");
    assertEquals(0, resumed.exitCode(), resumed::err);
    assertArrayEquals(held, Files.readAllBytes(training.model()));

    Outcome expected = Shell.run("evaluate", training.model(), training.text());
    Outcome measured =
        Shell.run("evaluate", training.model(), training.text(), "--stream-above", 0);
    assertEquals(0, measured.exitCode(), measured::err);
    assertEquals(expected.out(), measured.out());
  }

  @Test
  void documents_asTyped() throws IOException {
    Files.writeString(training.text(), Texts.CHOICES.replace("选择", "\n\n^选择"));
    Object[] options = {
      "--reset-at-documents",
      training.text(),
      "--out",
      training.model(),
      "--max-steps",
      2,
      "--document-begin",
      "^",
      "--document-separator=blank-line"
    };
    Outcome outcome =
        Shell.run(
            Stream.of(Stream.of("train"), Stream.of(options), Stream.of(Texts.SMALL))
                .flatMap(words -> words)
                .toArray());
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(
        new DocumentConfig(Optional.of("^"), DocumentConfig.Separator.BLANK_LINE, true),
        training.saved().documents());
    assertTrue(outcome.out().contains("at step 2 ---\n^"), outcome::out);

    Outcome refused = training.small("--resume", "--reset-at-documents", false);
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused.err().contains("it was trained with --reset-at-documents true, not false"),
        refused::err);

    Outcome none = training.small("--force", "--max-steps", 1, "--document-begin=none");
    assertEquals(0, none.exitCode(), none::err);
    assertEquals(Profile.STANDARD.config().documents(), training.saved().documents());
  }

  @Test
  void documentBegin_symbolThatTheTextLacks() {
    Outcome outcome = training.small("--document-begin", "^");
    assertEquals(2, outcome.exitCode());
    assertEquals(
        "charrnn: --document-begin must be one symbol that occurs in the text: ^\n", outcome.err());
  }

  private List<String> symbols() {
    return Checkpoint.readModel(training.model()).vocabulary().entries().stream()
        .map(Vocabulary.Entry::symbol)
        .toList();
  }

  @Test
  void modelExists_isRefusedUnlessForced() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    byte[] before = Files.readAllBytes(training.model());
    Outcome refused = training.small("--max-steps", 1);
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("it exists already."), refused::err);
    assertArrayEquals(before, Files.readAllBytes(training.model()));
    assertEquals(0, training.small("--max-steps", 1, "--force").exitCode());
    assertEquals(1, training.saved().run().maxSteps().orElseThrow());
  }
}
