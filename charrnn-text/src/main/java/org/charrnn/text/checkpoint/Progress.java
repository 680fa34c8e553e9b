package org.charrnn.text.checkpoint;

/**
 * How far a training run has come.
 *
 * @param step the updates that were made
 * @param epoch the passes over the text that were completed
 * @param window the next window of the pass that is under way
 * @param epochLoss the sum over the windows of this pass of their mean losses, in nats per
 *     character
 * @param random the state of the generator that all randomness after initialisation comes from
 * @param validations what the held-out text has shown
 */
public record Progress(
    long step, int epoch, int window, double epochLoss, long random, Validations validations) {
  /** Checks that nothing is negative. */
  public Progress {
    if (step < 0 || epoch < 0 || window < 0) {
      throw new IllegalArgumentException(
          "no progress: step %d, epoch %d, window %d".formatted(step, epoch, window));
    }
  }

  /** Nothing done yet. */
  public static Progress none(long random) {
    return new Progress(0, 0, 0, 0, random, Validations.none());
  }

  /** The same with one more validation. */
  public Progress with(Validations newValidations) {
    return new Progress(step, epoch, window, epochLoss, random, newValidations);
  }
}
