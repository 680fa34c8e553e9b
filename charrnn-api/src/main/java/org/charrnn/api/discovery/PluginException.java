package org.charrnn.api.discovery;

import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;

/**
 * A plugin failed, or does not keep its contract. The message names the plugin, its class and the
 * jar that contains it; the cause is the exception of the plugin, if it threw one. It is the fault
 * of the plugin, not of its user.
 */
public final class PluginException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** With the given message, because of {@code cause}, if there is one. */
  PluginException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
