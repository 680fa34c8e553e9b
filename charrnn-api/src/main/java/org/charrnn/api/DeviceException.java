package org.charrnn.api;

/**
 * A device cannot run a program: it has too little memory, or computes wrong results. The message
 * says what the user can do about it.
 */
public final class DeviceException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /**
   * With the given message.
   *
   * @param message what happened, and what to do about it
   */
  public DeviceException(String message) {
    super(message);
  }

  /**
   * With the given message, because of {@code cause}.
   *
   * @param message what happened, and what to do about it
   * @param cause the exception that led to this one
   */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
