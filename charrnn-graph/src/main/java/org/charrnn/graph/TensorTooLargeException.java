package org.charrnn.graph;

/**
 * A tensor has more than {@link Integer#MAX_VALUE} elements, because of the sizes that were
 * requested.
 */
public final class TensorTooLargeException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  /** With the given message. */
  TensorTooLargeException(String message) {
    super(message);
  }
}
