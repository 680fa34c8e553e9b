package org.charrnn.text.training;

/** Why a run ended. */
public enum StopReason {
  /** All steps of the configuration are made. */
  COMPLETE(true),
  /** Too many validations one after the other did not lower the loss on the held-out text. */
  NO_IMPROVEMENT(true),
  /** Its time is over. */
  TIME(false),
  /** Somebody asked for it. */
  REQUESTED(false);

  private final boolean isFinal;

  StopReason(boolean isFinal) {
    this.isFinal = isFinal;
  }

  /** Whether a run that goes on from there with the same configuration makes no further step. */
  public boolean isFinal() {
    return isFinal;
  }
}
