package org.charrnn.text;

import java.util.OptionalLong;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.config.TrainingConfig;

/**
 * The measurements and checkpoints that are due after a step. They depend on the step only, so that
 * a resumed run does the same as an uninterrupted one.
 *
 * @param config the intervals
 * @param heldOut whether there is held-out text to measure
 */
record Milestones(TrainingConfig config, boolean heldOut) {

  /** Whether the held-out text is measured: at the end of an epoch, and every so many steps. */
  boolean validates(Progress progress) {
    return heldOut && (endsEpoch(progress) || isDue(config.watch().validateEverySteps(), progress));
  }

  /** Whether a checkpoint is written. */
  boolean saves(Progress progress) {
    boolean byEpoch = endsEpoch(progress) && progress.epoch() % config.run().saveEvery() == 0;
    return byEpoch || isDue(config.watch().saveEverySteps(), progress);
  }

  /** Whether an epoch has just been completed. */
  static boolean endsEpoch(Progress progress) {
    return progress.step() > 0 && progress.window() == 0;
  }

  private static boolean isDue(OptionalLong every, Progress progress) {
    return every.isPresent() && progress.step() > 0 && progress.step() % every.getAsLong() == 0;
  }
}
