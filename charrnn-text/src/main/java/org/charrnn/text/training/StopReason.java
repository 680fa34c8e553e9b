package org.charrnn.text.training;

/** The reason why a run ended. */
public enum StopReason {
  /** All steps of the configuration are done. */
  COMPLETE(true),
  /** Too many consecutive validations did not lower the loss on the held-out text. */
  NO_IMPROVEMENT(true),
  /** The time limit was reached. */
  TIME(false),
  /** A stop was requested. */
  REQUESTED(false);

  private final boolean isFinal;

  StopReason(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** {@return whether a run that is resumed with the same configuration makes no further step} */
  public boolean isFinal() {
    return isFinal;
  }
}
