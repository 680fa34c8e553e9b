package org.charrnn.api;

/**
 * A plugin was asked for by name and is not there, or cannot be used here. The message says which
 * ones are.
 */
public final class NoSuchPluginException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** With the given message. */
  public NoSuchPluginException(String message) {
    super(message);
  }
}
