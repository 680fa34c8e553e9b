package org.charrnn.text.steps;

import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.snapshot.Progress;

/**
 * The learning rate of each step.
 *
 * @param base the learning rate of the configuration
 * @param schedule how it changes
 * @param totalSteps the steps for which the schedule ends; a limit of steps ends the run earlier
 *     and changes no rate
 */
public record LearningRate(double base, Schedule schedule, long totalSteps) {

  /** The rates of a configuration. */
  public static LearningRate of(TrainingConfig config, int stepsPerEpoch) {
    return new LearningRate(
        config.optimizer().learningRate().orElseThrow(),
        config.optimizer().schedule(),
        config.run().scheduledSteps(stepsPerEpoch));
  }

  /** The rate of the next step. */
  public double next(Progress progress) {
    return base
        * schedule.factor(
            new Schedule.Moment(
                progress.step(),
                progress.epoch(),
                totalSteps,
                progress.validations().reductions()));
  }

  /** The number of validations without a new best after which the rate is reduced. */
  public int patience() {
    return schedule instanceof Schedule.Plateau(int patience, _) ? patience : Integer.MAX_VALUE;
  }
}
