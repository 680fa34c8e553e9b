package org.charrnn.api;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions that the user of a program can act on: a file, an option, a plugin or
 * a device is not as it should be. The message says what happened, where, and what to do about it.
 * All of them are unchecked.
 *
 * <p>Mistakes of a caller in its own code are reported as {@link IllegalArgumentException} and
 * {@link IllegalStateException} instead.
 */
public abstract class CharRnnException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception with a cause.
   *
   * @param message what happened, where, and what to do
   * @param cause the exception that led to this one; null if there is none
   */
  protected CharRnnException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Creates an exception without a cause.
   *
   * @param message what happened, where, and what to do
   */
  protected CharRnnException(String message) {
    this(message, null);
  }
}
