package org.charrnn.api.discovery;

import org.charrnn.api.CharRnnException;

/**
 * A plugin that was requested by name does not exist or cannot be used. The message lists the
 * plugins of its kind that were found.
 */
public final class NoSuchPluginException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /**
   * With the given message.
   *
   * @param message what happened, and what to do about it
   */
  public NoSuchPluginException(String message) {
    super(message);
  }
}
