package org.charrnn.text;

import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.config.Schedule;

/**
 * The learning rate of each step.
 *
 * @param base that of the configuration
 * @param schedule how it changes
 * @param totalSteps the steps of all epochs; a limit of steps cuts the run off, and changes no rate
 */
record LearningRate(double base, Schedule schedule, long totalSteps) {

  /** The rate of the step that follows. */
  double next(Progress progress) {
    return base
        * schedule.factor(
            new Schedule.Moment(
                progress.step(),
                progress.epoch(),
                totalSteps,
                progress.validations().reductions()));
  }

  /** After how many validations without a new best the rate is reduced, if it ever is. */
  int patience() {
    return schedule instanceof Schedule.Plateau(int patience, _) ? patience : Integer.MAX_VALUE;
  }
}
