package org.charrnn.text.snapshot;

import java.util.Locale;

/**
 * The position of a training run.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param step the number of updates
 * @param epoch the number of completed passes over the text
 * @param window the index of the next window of the current pass
 * @param epochLoss the sum over the windows of this pass of their mean losses, in nats per
 *     character
 * @param random the state of the generator of all randomness after initialization
 * @param validations the results on the held-out text
 */
public record Progress(
    long step, int epoch, int window, double epochLoss, long random, Validations validations) {
  /**
   * Checks that nothing is negative.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Progress {
    if (step < 0 || epoch < 0 || window < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "progress must not be negative: step %d, epoch %d, window %d",
              step,
              epoch,
              window));
    }
  }

  /**
   * {@return the start of a run}
   *
   * @param random the state of the random numbers
   */
  public static Progress none(long random) {
    return new Progress(0, 0, 0, 0, random, Validations.none());
  }

  /**
   * {@return the same position with these validations}
   *
   * @param newValidations the results of validation
   */
  public Progress with(Validations newValidations) {
    return new Progress(step, epoch, window, epochLoss, random, newValidations);
  }
}
