package org.charrnn.serve;

import java.util.Locale;
import org.charrnn.api.CharRnnException;

/** A server cannot start. */
public final class ServeException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private ServeException(String message, Throwable cause) {
    super(message, cause);
  }

  static ServeException cannotListen(String host, int port, Throwable cause) {
    return new ServeException(
        String.format(
            Locale.ROOT,
            "Cannot listen on %s port %d: %s. Choose another port with --port, or 0 for a free one.",
            host,
            port,
            reason(cause)),
        cause);
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
