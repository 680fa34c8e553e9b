package org.charrnn.text;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.training.TrainingResult;

/**
 * The criteria that end a run.
 *
 * @param totalSteps the steps of the whole run
 * @param patience the number of validations without a new best after which it ends
 * @param maxTime the time after which it ends
 */
record StoppingCriteria(long totalSteps, OptionalInt patience, Optional<Duration> maxTime) {

  /** The reason why training is complete in this state; empty if it is not. */
  Optional<TrainingResult.StopReason> finished(Progress progress) {
    if (progress.step() >= totalSteps) {
      return Optional.of(TrainingResult.StopReason.COMPLETE);
    }
    boolean lost =
        patience.isPresent() && progress.validations().sinceBest() >= patience.getAsInt();
    return lost ? Optional.of(TrainingResult.StopReason.NO_IMPROVEMENT) : Optional.empty();
  }

  /**
   * The reason why this run ends now; empty if it continues.
   *
   * @param elapsed the time that it has taken
   * @param requested whether a stop was requested
   */
  Optional<TrainingResult.StopReason> stops(
      Progress progress, Duration elapsed, boolean requested) {
    Optional<TrainingResult.StopReason> finished = finished(progress);
    if (finished.isPresent()) {
      return finished;
    }
    if (requested) {
      return Optional.of(TrainingResult.StopReason.REQUESTED);
    }
    boolean late = maxTime.isPresent() && elapsed.compareTo(maxTime.get()) >= 0;
    return late ? Optional.of(TrainingResult.StopReason.TIME) : Optional.empty();
  }
}
