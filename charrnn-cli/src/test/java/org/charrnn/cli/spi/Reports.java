package org.charrnn.cli.spi;

import java.util.Optional;
import java.util.OptionalDouble;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.ValidationReport;

/** Events of a trainer. */
public final class Reports {

  private Reports() {}

  public static TrainingPlan plan(long totalSteps, long startStep) {
    TrainingConfig config = TrainingConfig.builder().run(it -> it.epochs(4)).build();
    return new TrainingPlan(
        config, 2345, 67_890, 9000, 1000, 0, 25, totalSteps, startStep, Optional.of("1234"));
  }

  public static StepReport step(long step, double nats) {
    return new StepReport(
        step, 1, (int) step, step * 1600, nats, OptionalDouble.empty(), 0.002, 12345.6);
  }

  public static ValidationReport validation(
      long step, double nats, double bestNats, long bestStep) {
    return new ValidationReport(
        step, 0, new Loss(999, nats), 0.002, step == bestStep, bestNats, bestStep, false);
  }

  public static EpochReport epoch(long step, double training, double validation) {
    return new EpochReport(
        1, step, new Loss(9000, training), Optional.of(new Loss(999, validation)));
  }
}
