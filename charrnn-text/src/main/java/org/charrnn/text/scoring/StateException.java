package org.charrnn.text.scoring;

import org.charrnn.api.CharRnnException;

/** A serialized state cannot be resumed. */
public final class StateException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param problem the problem, as the end of a sentence that begins with the state
   */
  public StateException(String problem) {
    super("The serialized state " + problem + ".");
  }
}
