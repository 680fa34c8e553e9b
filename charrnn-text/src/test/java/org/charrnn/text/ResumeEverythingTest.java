package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.Norm;
import org.charrnn.text.config.RoundConfig;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.Schedule.Staircase.Unit;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A whole run that is stopped at any step and resumed leaves what it would have left: the last
 * checkpoint and the best model, byte by byte.
 */
class ResumeEverythingTest {

  private static final int[] STOPS = {1, 6, 7, 12, 19};

  @TempDir Path folder;

  private static TrainingConfig.Builder base() {
    return TestRuns.config().toBuilder()
        .run(it -> it.epochs(4))
        .sample(it -> it.length(0))
        .watch(it -> it.validateEverySteps(3));
  }

  static Stream<Arguments> configurations() {
    return Stream.of(
        with("dropout", b -> b.optimizer(it -> it.dropout(0.4))),
        with(
            "locked and recurrent dropout",
            b ->
                b.optimizer(
                    it -> it.dropout(0.4).dropoutKind(DropoutKind.LOCKED).recurrentDropout(0.3))),
        with(
            "residual connections and norms",
            b -> b.model(it -> it.layers(2).embeddingOfHiddenSize().residual(true).norm(Norm.RMS))),
        with(
            "layer norms",
            b -> b.model(it -> it.layers(2).norm(Norm.LAYER)).optimizer(it -> it.name("adam"))),
        with("decay", b -> b.optimizer(it -> it.schedule(new Schedule.Decay(2, 0.5)))),
        with(
            "step, epochs",
            b -> b.optimizer(it -> it.schedule(new Schedule.Staircase(1, Unit.EPOCHS, 0.5)))),
        with(
            "step, steps",
            b -> b.optimizer(it -> it.schedule(new Schedule.Staircase(4, Unit.STEPS, 0.7)))),
        with("cosine", b -> b.optimizer(it -> it.schedule(new Schedule.Cosine(5, 0.1)))),
        with("a number of steps", b -> b.run(it -> it.steps(23))),
        // So large a rate that the held-out loss rises now and then.
        with(
            "plateau",
            b -> b.optimizer(it -> it.schedule(new Schedule.Plateau(1, 0.5)).learningRate(0.7))),
        with("adam", b -> b.optimizer(it -> it.name("adam").learningRate(0.01))),
        with("adamw", b -> b.optimizer(it -> it.name("adamw").learningRate(0.01))),
        with("rmsprop", b -> b.optimizer(it -> it.name("rmsprop").learningRate(0.01))),
        with(
            "sgd with momentum",
            b ->
                b.optimizer(
                    it -> it.name("sgd").hyperparameter("momentum", 0.9).learningRate(0.1))),
        with("adagrad-epsilon-outside", b -> b.optimizer(it -> it.name("adagrad-epsilon-outside"))),
        with("lstm", b -> b.model(it -> it.cell("lstm"))),
        with("accumulation", b -> b.optimizer(it -> it.accumulate(2))),
        with("accumulation of more than a pass", b -> b.optimizer(it -> it.accumulate(50))),
        with("state not carried", b -> b.windows(it -> it.carryState(false))),
        with("tied weights", b -> b.model(it -> it.embeddingSize(6).tieWeights(true))),
        with("clipped elements", b -> b.optimizer(it -> it.clipValue(0.01))),
        with("saved between passes", b -> b.watch(it -> it.saveEverySteps(2))),
        with("patience", b -> b.watch(it -> it.patience(3)).optimizer(it -> it.learningRate(0.7))),
        with("an outer step", b -> b.rounds(it -> it.outerEvery(3))),
        with(
            "rounds of workers",
            b ->
                b.rounds(it -> it.workers(2).outerEvery(2))
                    .windows(it -> it.batchSize(2))
                    .optimizer(it -> it.name("adam").learningRate(0.01).dropout(0.3))
                    .watch(it -> it.saveEverySteps(2))),
        with(
            "gradients of workers",
            b ->
                b.rounds(it -> it.workers(2).roundMode(RoundConfig.Mode.GRADIENT))
                    .windows(it -> it.carryState(false))
                    .optimizer(it -> it.dropout(0.3))),
        with(
            "all at once",
            b ->
                b.optimizer(it -> it.dropout(0.2))
                    .model(it -> it.embeddingSize(6).tieWeights(true))
                    .optimizer(it ->
                        it.name("adam")
                            .learningRate(0.05)
                            .schedule(new Schedule.Plateau(1, 0.5))
                            .accumulate(2)
                            .clipValue(0.1))
                    .watch(it -> it.saveEverySteps(5).patience(20))));
  }

  private static Arguments with(String name, UnaryOperator<TrainingConfig.Builder> change) {
    return Arguments.of(name, change.apply(base()).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void stoppedAndGoneOnWith_sameBytes(String name, TrainingConfig config) throws IOException {
    Path whole = folder.resolve("whole.ckpt");
    TrainingResult.StopReason reason;
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
        base().optimizer(it -> it.schedule(new Schedule.Plateau(1, 0.5)).learningRate(0.7)).build();
    try (Trainer trainer = begun(plateau)) {
      trainer.run(TrainingListener.silent());
      assertTrue(trainer.progress().validations().reductions() > 0);
    }
    try (Trainer trainer =
        begun(base().watch(it -> it.patience(3)).optimizer(it -> it.learningRate(0.7)).build())) {
      assertEquals(
          TrainingResult.StopReason.NO_IMPROVEMENT,
          trainer.run(TrainingListener.silent()).reason());
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
        if (report.step() >= step) { // a round may pass it
          trainer.requestStop();
        }
      }
    };
  }
}
