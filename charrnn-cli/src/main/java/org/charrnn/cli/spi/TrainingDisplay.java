package org.charrnn.cli.spi;

import java.io.PrintWriter;
import org.charrnn.text.training.TrainingListener;

/**
 * Shows a training run to its user: samples on standard output, everything else on standard error.
 *
 * <p>Closing it ends what was begun to be shown; only after that may others print.
 */
public interface TrainingDisplay extends TrainingListener, AutoCloseable {

  /**
   * A bar on a terminal, plain lines anywhere else.
   *
   * @param out receives samples
   * @param err receives progress
   * @param terminal whether {@code err} is a terminal, see {@link Terminal#isStandardError}
   */
  static TrainingDisplay of(PrintWriter out, PrintWriter err, boolean terminal) {
    return terminal ? new BarDisplay(out, err) : new LineDisplay(out, err, System::nanoTime);
  }

  /** Shows a line in between. Any thread may call this. */
  void note(String text);

  @Override
  void close();
}
