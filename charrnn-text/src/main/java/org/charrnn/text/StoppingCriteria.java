package org.charrnn.text;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.training.StopReason;

/**
 * When a run ends.
 *
 * @param totalSteps the steps of the whole run
 * @param patience after how many validations without a new best
 * @param maxTime after what time
 */
record StoppingCriteria(long totalSteps, OptionalInt patience, Optional<Duration> maxTime) {

  /** Why no further step is to be made, whoever asks; empty if one is. */
  Optional<StopReason> finished(Progress progress) {
    if (progress.step() >= totalSteps) {
      return Optional.of(StopReason.COMPLETE);
    }
    boolean lost =
        patience.isPresent() && progress.validations().sinceBest() >= patience.getAsInt();
    return lost ? Optional.of(StopReason.NO_IMPROVEMENT) : Optional.empty();
  }

  /**
   * Why this run makes no further step; empty if it goes on.
   *
   * @param elapsed how long it has taken
   * @param requested whether somebody asked it to stop
   */
  Optional<StopReason> stops(Progress progress, Duration elapsed, boolean requested) {
    Optional<StopReason> finished = finished(progress);
    if (finished.isPresent()) {
      return finished;
    }
    if (requested) {
      return Optional.of(StopReason.REQUESTED);
    }
    boolean late = maxTime.isPresent() && elapsed.compareTo(maxTime.get()) >= 0;
    return late ? Optional.of(StopReason.TIME) : Optional.empty();
  }
}
