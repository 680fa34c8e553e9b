package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.snapshot.TrainingState;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.ckpt");
  }

  /** The bytes after {@code steps} steps that were never interrupted. */
  private byte[] straight(TrainingConfig config, int steps) throws IOException {
    Path place = folder.resolve("straight.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      step(trainer, steps);
      trainer.save(place);
    }
    return Files.readAllBytes(place);
  }

  private static void step(Trainer trainer, int steps) {
    for (int i = 0; i < steps; i++) {
      trainer.step();
    }
  }

  private void begin(int steps) {
    begin(TestRuns.config(), steps);
  }

  private void begin(TrainingConfig config, int steps) {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      step(trainer, steps);
      trainer.save(file);
    }
  }

  @Test
  void sameSeed_sameBytes() throws IOException {
    assertArrayEquals(straight(TestRuns.config(), 9), straight(TestRuns.config(), 9));
  }

  @Test
  void anotherSeed_otherBytes() throws IOException {
    TrainingConfig other = TestRuns.config().toBuilder().run(it -> it.seed(12)).build();
    assertFalse(Arrays.equals(straight(TestRuns.config(), 9), straight(other, 9)));
  }

  /**
   * In the middle of a pass, at its end, before the first step, and with one stop after another.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7, 8, 14, 17})
  void resumed_sameBytesAsNeverStopped(int stop) throws IOException {
    begin(stop);
    try (Trainer trainer = TestRuns.charRnn().resume(file, TestRuns.CORPUS)) {
      assertEquals(stop, trainer.plan().startStep());
      step(trainer, (18 - stop) / 2);
      trainer.save(file);
    }
    try (Trainer trainer = TestRuns.charRnn().resume(file, TestRuns.CORPUS)) {
      step(trainer, 18 - (int) trainer.progress().step());
      trainer.save(file);
    }
    assertArrayEquals(straight(TestRuns.config(), 18), Files.readAllBytes(file));
  }

  @Test
  void resumed_dropout_sameBytesAsNeverStopped() throws IOException {
    TrainingConfig config = TestRuns.config().toBuilder().optimizer(it -> it.dropout(0.4)).build();
    begin(config, 5);
    try (Trainer trainer = TestRuns.charRnn().resume(file, TestRuns.CORPUS)) {
      step(trainer, 6);
      trainer.save(file);
    }
    assertArrayEquals(straight(config, 11), Files.readAllBytes(file));
  }

  @Test
  void resumed_runEndsWhereItWouldHave() throws IOException {
    Path whole = folder.resolve("whole.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.run(whole, TrainingListener.silent());
    }
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.run(file, stopAt(trainer, 10));
    }
    try (Trainer trainer = TestRuns.charRnn().resume(file, TestRuns.CORPUS)) {
      trainer.run(file, TrainingListener.silent());
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(file));
  }

  private static TrainingListener stopAt(Trainer trainer, long step) {
    return new TrainingListener() {
      @Override
      public void step(StepReport report) {
        if (report.step() == step) {
          trainer.requestStop();
        }
      }
    };
  }

  @Test
  void resumed_samplesAreThoseOfTheRunThatWasNotStopped() {
    begin(5);
    try (Trainer straight = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config());
        Trainer resumed = TestRuns.charRnn().resume(file, TestRuns.CORPUS)) {
      step(straight, 5);
      assertEquals(straight.sample(), resumed.sample());
    }
  }

  @Test
  void resume_forLongerAndWithAnotherRate() {
    begin(21);
    try (Trainer trainer =
        TestRuns.charRnn()
            .resume(
                file,
                TestRuns.CORPUS,
                c -> c.run(it -> it.epochs(5)).optimizer(it -> it.learningRate(0.01)))) {
      assertFalse(trainer.isFinished());
      trainer.run(file, TrainingListener.silent());
    }
    Snapshot saved = Snapshot.read(file);
    assertEquals(35, saved.training().orElseThrow().progress().step());
    assertEquals(0.01, saved.model().config().optimizer().learningRate().orElseThrow());
  }

  @Test
  void resume_whatIsFinishedIsSavedAgainAndNothingElse() throws IOException {
    begin(21);
    byte[] before = Files.readAllBytes(file);
    try (Trainer trainer = TestRuns.charRnn().resume(file, TestRuns.CORPUS)) {
      assertTrue(trainer.isFinished());
      trainer.run(file, TrainingListener.silent());
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  static Stream<Arguments> changesThatCannotBe() {
    return Stream.of(
        change("hiddenSize must be 6, as", b -> b.model(it -> it.hiddenSize(7))),
        change("layers must be 2, as", b -> b.model(it -> it.layers(1))),
        change("cell must be gru, as", b -> b.model(it -> it.cell("gru-reset-after"))),
        change("embeddingSize must be 0, as", b -> b.model(it -> it.embeddingSize(3))),
        change(
            "optimizer must be adagrad, as",
            b -> b.optimizer(it -> it.name("adagrad-epsilon-outside"))),
        change("accumulate must be 1, as", b -> b.optimizer(it -> it.accumulate(2))),
        change("seqLength must be 4, as", b -> b.windows(it -> it.seqLength(5))),
        change("batchSize must be 3, as", b -> b.windows(it -> it.batchSize(2))),
        change("carryState must be true, as", b -> b.windows(it -> it.carryState(false))),
        change("validation must be 0.2, as", b -> b.run(it -> it.validation(0.1))),
        change("test must be 0.0, as", b -> b.run(it -> it.test(0.1))),
        change("seed must be 11, as", b -> b.run(it -> it.seed(1))));
  }

  private static Arguments change(String message, UnaryOperator<TrainingConfig.Builder> change) {
    return Arguments.of(message, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changesThatCannotBe")
  void resume_whatMustStay(String message, UnaryOperator<TrainingConfig.Builder> change) {
    begin(1);
    var e =
        assertThrows(
            InvalidOptionException.class,
            () -> TestRuns.charRnn().resume(file, TestRuns.CORPUS, change).close());
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @Test
  void resume_withAnotherText() {
    begin(1);
    Corpus other = Corpus.of("other.txt", TestRuns.CORPUS.text() + "。");
    assertUnusable("was written while training on another text than other.txt", other);
  }

  @Test
  void resume_withoutCheckpoint() {
    assertUnusable("does not exist", TestRuns.CORPUS);
  }

  private void assertUnusable(String problem, Corpus corpus) {
    var e =
        assertThrows(
            CheckpointException.class, () -> TestRuns.charRnn().resume(file, corpus).close());
    assertTrue(e.getMessage().startsWith("Checkpoint " + file + " " + problem), e.getMessage());
  }

  // ---- checkpoints whose tensors do not fit what their own configuration says

  private void rewrite(
      UnaryOperator<Map<String, HostTensor>> parameters, UnaryOperator<Progress> progress) {
    begin(1);
    Snapshot saved = Snapshot.read(file);
    Map<String, HostTensor> changed =
        parameters.apply(new LinkedHashMap<>(saved.model().tensors()));
    new Snapshot(
            new SavedModel(saved.model().config(), saved.model().vocabulary(), changed),
            saved
                .training()
                .map(state ->
                    new TrainingState(
                        progress.apply(state.progress()),
                        state.corpusFingerprint(),
                        state.tensors())))
        .write(file);
  }

  @Test
  void tensor_ofAnotherShape() {
    rewrite(
        tensors -> {
          tensors.put("gru.1.U", new HostTensor(Shape.of(3, 12), new float[36]));
          return tensors;
        },
        UnaryOperator.identity());
    assertUnusable(
        "does not fit its own configuration: tensor 'gru.1.U' has shape [3, 12], expected [6, 6].",
        TestRuns.CORPUS);
    var e = assertThrows(CheckpointException.class, () -> TestRuns.charRnn().load(file).close());
    assertTrue(
        e.getMessage().contains("'gru.1.U' has shape [3, 12], expected [6, 6]"), e.getMessage());
  }

  @Test
  void tensor_missingOrTooMany() {
    rewrite(
        tensors -> {
          tensors.remove("gru.1.U");
          return tensors;
        },
        UnaryOperator.identity());
    assertUnusable(
        "does not fit its own configuration: tensor 'gru.1.U' is missing", TestRuns.CORPUS);
    rewrite(
        tensors -> {
          tensors.put("gru.2.U", new HostTensor(Shape.SCALAR, new float[1]));
          return tensors;
        },
        UnaryOperator.identity());
    assertUnusable(
        "does not fit its own configuration: tensor 'gru.2.U' is not known", TestRuns.CORPUS);
  }

  @Test
  void progress_thatCannotBe() {
    rewrite(
        UnaryOperator.identity(),
        progress ->
            new Progress(
                progress.step(),
                progress.epoch(),
                99,
                0,
                progress.random(),
                progress.validations()));
    assertUnusable("is damaged: Progress[step=1, epoch=0, window=99", TestRuns.CORPUS);
  }
}
