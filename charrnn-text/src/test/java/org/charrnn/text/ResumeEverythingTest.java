package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.Schedule.Step.Unit;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.TrainingConfigBuilder;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.StopReason;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole run that is stopped wherever that may be, and gone on with, leaves what it would have
 * left: the last checkpoint and the best model, byte by byte.
 */
class ResumeEverythingTest {

  private static final int[] STOPS = {1, 6, 7, 12, 19};

  @TempDir Path folder;

  private static TrainingConfigBuilder base() {
    return TestRuns.config().toBuilder().epochs(4).sampleLength(0).validateEverySteps(3);
  }

  static Stream<Arguments> configurations() {
    return Stream.of(
        with("dropout", b -> b.dropout(0.4)),
        with("decay", b -> b.schedule(new Schedule.Decay(2, 0.5))),
        with("step, epochs", b -> b.schedule(new Schedule.Step(1, Unit.EPOCHS, 0.5))),
        with("step, steps", b -> b.schedule(new Schedule.Step(4, Unit.STEPS, 0.7))),
        with("cosine", b -> b.schedule(new Schedule.Cosine(5, 0.1))),
        // So large a rate that the held-out loss rises now and then.
        with("plateau", b -> b.schedule(new Schedule.Plateau(1, 0.5)).learningRate(0.7)),
        with("adam", b -> b.optimizer("adam").learningRate(0.01)),
        with("adamw", b -> b.optimizer("adamw").learningRate(0.01)),
        with("rmsprop", b -> b.optimizer("rmsprop").learningRate(0.01)),
        with(
            "sgd with momentum",
            b -> b.optimizer("sgd").hyperparameter("momentum", 0.9).learningRate(0.1)),
        with("adagrad-epsilon-outside", b -> b.optimizer("adagrad-epsilon-outside")),
        with("lstm", b -> b.cell("lstm")),
        with("accumulation", b -> b.accumulate(2)),
        with("accumulation of more than a pass", b -> b.accumulate(50)),
        with("state not carried", b -> b.carryState(false)),
        with("tied weights", b -> b.embeddingSize(6).tieWeights(true)),
        with("clipped elements", b -> b.clipValue(0.01)),
        with("saved between passes", b -> b.saveEverySteps(2)),
        with("patience", b -> b.patience(3).learningRate(0.7)),
        with(
            "all at once",
            b ->
                b.dropout(0.2)
                    .embeddingSize(6)
                    .tieWeights(true)
                    .optimizer("adam")
                    .learningRate(0.05)
                    .schedule(new Schedule.Plateau(1, 0.5))
                    .accumulate(2)
                    .clipValue(0.1)
                    .saveEverySteps(5)
                    .patience(20)));
  }

  private static Arguments with(String name, UnaryOperator<TrainingConfigBuilder> change) {
    return Arguments.of(name, change.apply(base()).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void stoppedAndGoneOnWith_sameBytes(String name, TrainingConfig config) throws IOException {
    Path whole = folder.resolve("whole.ckpt");
    StopReason reason;
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      reason = trainer.run(whole, TrainingListener.silent()).reason();
    }
    Path parts = folder.resolve("parts.ckpt");
    for (int stop : STOPS) {
      try (Trainer trainer = Files.exists(parts) ? resumed(parts) : begun(config)) {
        trainer.run(parts, stopAt(trainer, stop));
      }
    }
    try (Trainer trainer = resumed(parts)) {
      TrainingResult end = trainer.run(parts, TrainingListener.silent());
      assertEquals(reason, end.reason());
      assertTrue(reason.isFinal());
    }
    assertSame(whole, parts);
    assertSame(Checkpoint.best(whole), Checkpoint.best(parts));
  }

  /** Else the cases above would show nothing. */
  @Test
  void theCasesOfPlateauAndPatience_reduceAndEndEarly() {
    TrainingConfig plateau =
        base().schedule(new Schedule.Plateau(1, 0.5)).learningRate(0.7).build();
    try (Trainer trainer = begun(plateau)) {
      trainer.run(TrainingListener.silent());
      assertTrue(trainer.progress().validations().reductions() > 0);
    }
    try (Trainer trainer = begun(base().patience(3).learningRate(0.7).build())) {
      assertEquals(StopReason.NO_IMPROVEMENT, trainer.run(TrainingListener.silent()).reason());
    }
  }

  private static Trainer begun(TrainingConfig config) {
    return TestRuns.charRnn().trainer(TestRuns.CORPUS, config);
  }

  private static Trainer resumed(Path file) {
    return TestRuns.charRnn().resume(file, TestRuns.CORPUS);
  }

  private static void assertSame(Path expected, Path actual) throws IOException {
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(actual));
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
}
