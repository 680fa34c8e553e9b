package org.charrnn.text;

import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.config.Schedule;

/**
 * The learning rate of each step.
 *
 * @param base the learning rate of the configuration
 * @param schedule how it changes
 * @param totalSteps the steps of all epochs; a limit of steps ends the run earlier and changes no
 *     rate
 */
record LearningRate(double base, Schedule schedule, long totalSteps) {

  /** The rate of the next step. */
  double next(Progress progress) {
    return base
        * schedule.factor(
            new Schedule.Moment(
                progress.step(),
                progress.epoch(),
                totalSteps,
                progress.validations().reductions()));
  }

  /** The number of validations without a new best after which the rate is reduced. */
  int patience() {
    return schedule instanceof Schedule.Plateau(int patience, _) ? patience : Integer.MAX_VALUE;
  }
}
