package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.snapshot.RunOutput;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A run owns its files, marks them, and never replaces the files of another run. */
class RunOutputTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a.ckpt");
  }

  private static Trainer trainer(TrainingConfig config) {
    return TestRuns.charRnn().trainer(TestRuns.CORPUS, config);
  }

  private static TrainingConfig otherSeed() {
    return TestRuns.config().toBuilder().run(it -> it.seed(99)).build();
  }

  private static TrainingResult run(TrainingConfig config, Path file) {
    try (Trainer trainer = trainer(config)) {
      return trainer.run(file, TrainingListener.silent());
    }
  }

  // C1

  @Test
  void secondRun_ofTheSameFile_isRefusedWhileTheFirstOneLasts() {
    List<Throwable> refusals = new ArrayList<>();
    try (Trainer first = trainer(TestRuns.config());
        Trainer second = trainer(otherSeed())) {
      first.run(
          file,
          TrainingListener.onStep(report -> {
            if (report.step() == 3) {
              refusals.add(
                  assertThrows(
                      OutputException.class, () -> second.run(file, TrainingListener.silent())));
            }
          }));
    }
    assertTrue(
        String.valueOf(refusals.getFirst().getMessage()).contains("another run is writing it"));
  }

  @Test
  void secondRun_whoseCheckpointIsTheBestModelOfTheFirst_isRefused() {
    try (RunOutput _ = RunOutput.claim(file)) {
      assertThrows(OutputException.class, () -> RunOutput.claim(Checkpoint.best(file)));
    }
  }

  // C2

  @Test
  void resume_bestModelOfAnotherRun_isNeitherAnnouncedNorReplaced() throws Exception {
    run(TestRuns.config(), file);
    Path other = folder.resolve("b.ckpt");
    run(otherSeed(), other);
    byte[] best = Files.readAllBytes(Checkpoint.best(other));
    Files.delete(other);
    Files.copy(file, other);
    try (Trainer trainer =
        TestRuns.charRnn().resume(other, TestRuns.CORPUS, it -> it.run(run -> run.epochs(5)))) {
      var e =
          assertThrows(OutputException.class, () -> trainer.run(other, TrainingListener.silent()));
      assertTrue(e.getMessage().contains("best model of another run"), e::getMessage);
    }
    assertArrayEquals(best, Files.readAllBytes(Checkpoint.best(other)));
  }

  @Test
  void resume_missingBestModel_isReported() throws Exception {
    run(TestRuns.config(), file);
    Files.delete(Checkpoint.best(file));
    List<String> warnings = new ArrayList<>();
    try (Trainer trainer =
        TestRuns.charRnn().resume(file, TestRuns.CORPUS, it -> it.run(run -> run.epochs(4)))) {
      TrainingResult result =
          trainer.run(
              file,
              new TrainingListener() {
                @Override
                public void warned(String message) {
                  warnings.add(message);
                }
              });
      assertEquals(28, result.best().orElseThrow().step());
    }
    assertTrue(warnings.getFirst().contains("is missing"), warnings::toString);
  }

  // C3

  @Test
  void newRun_doesNotReplaceAnExistingModel_unlessAsked() throws Exception {
    run(TestRuns.config(), file);
    byte[] before = Files.readAllBytes(file);
    try (Trainer trainer = trainer(otherSeed())) {
      assertThrows(OutputException.class, () -> trainer.run(file, TrainingListener.silent()));
      assertArrayEquals(before, Files.readAllBytes(file));
      try (RunOutput output = RunOutput.claimReplacing(file)) {
        trainer.run(output, TrainingListener.silent());
      }
    }
    assertEquals(99, Checkpoint.readModel(file).config().run().seed());
  }

  @Test
  void resume_fileThatWasContinuedMeanwhile_isRefused() {
    TrainingConfig shorter = TestRuns.config().toBuilder().run(it -> it.maxSteps(5)).build();
    run(shorter, file);
    try (Trainer late =
            TestRuns.charRnn().resume(file, TestRuns.CORPUS, it -> it.run(run -> run.maxSteps(9)));
        Trainer early =
            TestRuns.charRnn()
                .resume(file, TestRuns.CORPUS, it -> it.run(run -> run.maxSteps(7)))) {
      early.run(file, TrainingListener.silent());
      var e = assertThrows(OutputException.class, () -> late.run(file, TrainingListener.silent()));
      assertTrue(e.getMessage().contains("continued to step 7"), e::getMessage);
    }
  }

  // C5

  @Test
  void newRun_bestModelThatAnInterruptionLeftWithoutCheckpoint_isReplaced() throws Exception {
    run(TestRuns.config(), file);
    Files.delete(file);
    assertEquals(TrainingResult.StopReason.COMPLETE, run(TestRuns.config(), file).reason());
  }

  // C7

  @Test
  void danglingLink_staysALink() throws Exception {
    Path target = folder.resolve("target.ckpt");
    Path link = Files.createSymbolicLink(file, target);
    run(TestRuns.config(), link);
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(target));
  }

  @Test
  void danglingLink_intoADirectoryThatDoesNotExist_isRefused() throws Exception {
    Path link = Files.createSymbolicLink(file, folder.resolve("gone").resolve("a.ckpt"));
    var e = assertThrows(OutputException.class, () -> RunOutput.claim(link));
    assertTrue(e.getMessage().contains("there is no directory"), e::getMessage);
    assertTrue(Files.isSymbolicLink(link));
  }

  // A7

  @Test
  void best_namesThatDifferInANumber_differ() {
    assertEquals(Path.of("lr0.002.best"), Checkpoint.best(Path.of("lr0.002")));
    assertEquals(Path.of("m.best.ckpt"), Checkpoint.best(Path.of("m.ckpt")));
    assertEquals(Path.of("m.best.safetensors"), Checkpoint.best(Path.of("m.safetensors")));
  }

  // C11

  @Test
  void runThatEndsBetweenValidations_measuresItsLastModel() {
    TrainingConfig shorter = TestRuns.config().toBuilder().run(it -> it.maxSteps(9)).build();
    TrainingResult result = run(shorter, file);
    try (LanguageModel last = TestRuns.charRnn().load(file)) {
      String text = TestRuns.CORPUS.text();
      int heldOut = text.codePointCount(0, text.length()) / 5;
      Corpus end = Corpus.of(text.substring(text.offsetByCodePoints(text.length(), -heldOut)));
      assertEquals(last.evaluate(end).nats(), result.last().orElseThrow().nats());
    }
  }

  @Test
  void runThatEndedBetweenValidations_resumesToTheBytesOfAWholeRun() throws Exception {
    Path whole = folder.resolve("whole.ckpt");
    run(TestRuns.config(), whole);
    run(TestRuns.config().toBuilder().run(it -> it.maxSteps(9)).build(), file);
    try (Trainer trainer =
        TestRuns.charRnn().resume(file, TestRuns.CORPUS, it -> it.run(run -> run.noMaxSteps()))) {
      trainer.run(file, TrainingListener.silent());
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(file));
  }

  @Test
  void runThatItsTimeEnds_measuresItsLastModel() {
    TrainingConfig limited =
        TestRuns.config().toBuilder().watch(it -> it.maxTime(Duration.ofNanos(1))).build();
    TrainingResult result = run(limited, file);
    assertEquals(TrainingResult.StopReason.TIME, result.reason());
    assertEquals(1, result.best().orElseThrow().step());
  }

  // D1

  @Test
  void uselessModel_isNotSavedOverAGoodOne() throws Exception {
    run(TestRuns.config(), file);
    byte[] before = Files.readAllBytes(file);
    try (Trainer trainer =
        TestRuns.charRnn()
            .resume(
                file,
                TestRuns.CORPUS,
                it ->
                    it.optimizer(optimizer -> optimizer.learningRate(1e30).noClipNorm())
                        .run(run -> run.epochs(9)))) {
      assertThrows(
          ModelDivergedException.class, () -> trainer.run(file, TrainingListener.silent()));
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  // D2, D3, D6

  @Test
  void sizesAtTheirLimits_areRefusedAtOnce() {
    assertRefused("validation", () -> config(it -> it.run(run -> run.validation(1e-19))));
    assertRefused("test", () -> config(it -> it.run(run -> run.test(Double.MIN_VALUE))));
    assertRefused("layers", () -> config(it -> it.model(model -> model.layers(1000))));
    assertRefused(
        "clipNorm", () -> config(it -> it.optimizer(optimizer -> optimizer.clipNorm(1e-300))));
    assertRefused(
        "learningRate",
        () -> config(it -> it.optimizer(optimizer -> optimizer.learningRate(1e300))));
    assertRefused("seqLength", () -> config(it -> it.windows(w -> w.seqLength(1 << 30))));
  }

  @Test
  void modelThatDoesNotFitIntoMemory_isRefusedWithAnEstimate() {
    var e =
        assertThrows(
            InvalidOptionException.class,
            () -> new MemoryEstimate(1L << 40, 12L << 40).requireFits(1L << 34));
    assertTrue(e.getMessage().contains("at least 12288.0 GiB, Java has 16.0 GiB"), e::getMessage);
  }

  private static void config(UnaryOperator<TrainingConfig.Builder> changes) {
    changes.apply(TrainingConfig.builder()).build();
  }

  private static void assertRefused(String option, Executable use) {
    assertEquals(option, assertThrows(InvalidOptionException.class, use).option());
  }

  // G8

  @Test
  void checkpoint_hasTheDefaultsOfTheOptimizer() {
    TrainingConfig defaults =
        TestRuns.config().toBuilder()
            .optimizer(it -> it.name("adam").defaultLearningRate())
            .run(it -> it.maxSteps(1))
            .build();
    run(defaults, file);
    var saved = Checkpoint.readModel(file).config().optimizer();
    assertEquals(0.001, saved.learningRate().orElseThrow());
    assertEquals(0.9, saved.hyperparameters().get("beta1"));
    assertFalse(saved.hyperparameters().isEmpty());
  }

  // listeners

  @Test
  void listener_stopsTheRunFromInsideAnEvent() {
    try (Trainer trainer = trainer(TestRuns.config())) {
      TrainingResult result = trainer.run(TrainingListener.stopWhen(report -> report.step() == 7));
      assertEquals(TrainingResult.StopReason.REQUESTED, result.reason());
      assertEquals(7, result.step());
    }
  }

  @Test
  void optionalListener_thatFails_isDetachedWithOneWarning() {
    List<String> warnings = new ArrayList<>();
    TrainingListener failing =
        TrainingListener.onStep(report -> {
          throw new IllegalStateException("disk full at step " + report.step());
        });
    List<Long> steps = new ArrayList<>();
    try (Trainer trainer = trainer(TestRuns.config())) {
      trainer.run(
          TrainingListener.optional("recording", failing, warnings::add)
              .andThen(TrainingListener.onStep(report -> steps.add(report.step()))));
    }
    assertEquals(21, steps.size());
    assertEquals(List.of("recording ends here, training continues: disk full at step 1"), warnings);
  }

  @Test
  void train_returnsTheBestModel() {
    try (Trainer trainer = trainer(TestRuns.config());
        LanguageModel model = TestRuns.charRnn().train(TestRuns.CORPUS, TestRuns.config())) {
      TrainingResult result = trainer.run(file, TrainingListener.silent());
      try (LanguageModel best = TestRuns.charRnn().load(result.best().orElseThrow().file())) {
        assertEquals(best.evaluate(TestRuns.CORPUS).nats(), model.evaluate(TestRuns.CORPUS).nats());
      }
    }
  }
}
