package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Prints the log of charrnn on standard error, in the form of its other messages. */
final class LogLines extends Handler {

  /** A strong reference: otherwise the logger, with its handlers, could be garbage collected. */
  private static final Logger CHARRNN = Logger.getLogger("org.charrnn");

  private final PrintWriter err;

  private LogLines(PrintWriter err) {
    this.err = err;
    setFormatter(new SimpleFormatter());
    setLevel(Level.INFO);
  }

  /** Directs the log of charrnn to {@code err}. */
  static void install(PrintWriter err) {
    CHARRNN.setUseParentHandlers(false);
    CHARRNN.addHandler(new LogLines(err));
  }

  @Override
  public void publish(LogRecord message) {
    if (isLoggable(message)) {
      err.println("charrnn: " + getFormatter().formatMessage(message));
    }
  }

  @Override
  public void flush() {
    err.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
