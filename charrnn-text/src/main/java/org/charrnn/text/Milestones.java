package org.charrnn.text;

import java.util.OptionalLong;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.snapshot.Progress;

/**
 * The measurements and checkpoints that are due after a step. They depend on the step only, so that
 * a resumed run does the same as an uninterrupted one.
 *
 * @param config the intervals
 * @param heldOut whether there is held-out text to measure
 */
record Milestones(TrainingConfig config, boolean heldOut) {

  /**
   * Whether the held-out text is measured: at the end of an epoch, and at every interval of steps.
   *
   * @param before the progress before the step, or before the round
   */
  boolean validates(Progress before, Progress progress) {
    return heldOut
        && (endsEpoch(progress) || isDue(config.watch().validateEverySteps(), before, progress));
  }

  /**
   * Whether a checkpoint is written.
   *
   * @param before the progress before the step, or before the round
   */
  boolean saves(Progress before, Progress progress) {
    boolean byEpoch = endsEpoch(progress) && progress.epoch() % config.run().saveEvery() == 0;
    return byEpoch || isDue(config.watch().saveEverySteps(), before, progress);
  }

  /** Whether an epoch has just been completed. */
  static boolean endsEpoch(Progress progress) {
    return progress.step() > 0 && progress.window() == 0;
  }

  /** Whether a multiple of the interval was reached; a round may pass it. */
  private static boolean isDue(OptionalLong every, Progress before, Progress progress) {
    return every.isPresent()
        && progress.step() / every.getAsLong() > before.step() / every.getAsLong();
  }
}
