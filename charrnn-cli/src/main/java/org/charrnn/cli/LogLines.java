package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.charrnn.text.unicode.VisibleText;

/** Prints the log of charrnn on standard error, in the form of its other messages. */
final class LogLines extends Handler implements AutoCloseable {

  /** A strong reference: otherwise the logger, with its handlers, could be garbage collected. */
  private static final Logger CHARRNN = Logger.getLogger("org.charrnn");

  private final PrintWriter err;
  private final BooleanSupplier verbose;

  private LogLines(PrintWriter err, BooleanSupplier verbose) {
    this.err = err;
    this.verbose = verbose;
    setFormatter(new SimpleFormatter());
  }

  /**
   * Directs the log of charrnn to {@code err} until the result is closed.
   *
   * @param verbose whether to print details as well
   */
  static LogLines install(PrintWriter err, BooleanSupplier verbose) {
    LogLines lines = new LogLines(err, verbose);
    CHARRNN.setUseParentHandlers(false);
    CHARRNN.setLevel(Level.FINE);
    CHARRNN.addHandler(lines);
    return lines;
  }

  @Override
  public void publish(LogRecord message) {
    if (verbose.getAsBoolean() || message.getLevel().intValue() >= Level.INFO.intValue()) {
      err.println("charrnn: " + VisibleText.inLine(getFormatter().formatMessage(message)));
    }
  }

  @Override
  public void flush() {
    err.flush();
  }

  @Override
  public void close() {
    CHARRNN.removeHandler(this);
    flush();
  }
}
