package org.charrnn.text.training;

import org.charrnn.api.CharRnnException;

/**
 * The loss, a gradient or a parameter is no longer a finite number. What was saved before stays as
 * it is.
 */
public final class TrainingDivergedException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final long step;

  /**
   * A training that ran away.
   *
   * @param step the step after which it was seen, counted from 1
   * @param message what was seen, and remedies
   */
  public TrainingDivergedException(long step, String message) {
    super(message);
    this.step = step;
  }

  /** The step after which it was seen, counted from 1. */
  public long step() {
    return step;
  }
}
