package org.charrnn.cli.spi;

import java.io.PrintWriter;
import org.charrnn.cli.output.Terminal;
import org.charrnn.text.training.TrainingListener;

/**
 * Shows the progress of a training run: samples on standard output, everything else on standard
 * error.
 *
 * <p>Nothing else may print to them until it is closed.
 *
 * <p><b>Thread safety.</b> For the thread that trains.
 */
public interface TrainingDisplay extends TrainingListener, AutoCloseable {

  /**
   * {@return a progress bar if standard error is a terminal, plain lines otherwise}
   *
   * @param out receives samples
   * @param err receives progress; writes to standard error
   */
  static TrainingDisplay of(PrintWriter out, PrintWriter err) {
    return of(out, err, Terminal.isStandardError());
  }

  /**
   * {@return a progress bar on a terminal, plain lines otherwise}
   *
   * @param out receives samples
   * @param err receives progress
   * @param terminal whether {@code err} is a terminal
   */
  static TrainingDisplay of(PrintWriter out, PrintWriter err, boolean terminal) {
    return terminal ? new BarDisplay(out, err) : new LineDisplay(out, err, System::nanoTime);
  }

  /**
   * Shows a line between the others. Any thread may call this.
   *
   * @param text the text
   */
  void note(String text);

  @Override
  default void warned(String message) {
    note("charrnn: " + message);
  }

  @Override
  void close();
}
