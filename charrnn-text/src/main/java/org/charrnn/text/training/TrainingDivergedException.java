package org.charrnn.text.training;

import org.charrnn.api.CharRnnException;

/**
 * The loss, a gradient or a parameter is not a finite number. Files that were saved before are
 * unchanged.
 */
public final class TrainingDivergedException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The number of the step. */
  private final long step;

  /**
   * Creates an exception.
   *
   * @param step the step after which it was detected, counted from 1
   * @param message the number and remedies
   */
  public TrainingDivergedException(long step, String message) {
    super(message);
    this.step = step;
  }

  /** {@return the step after which it was detected, counted from 1} */
  public long step() {
    return step;
  }
}
