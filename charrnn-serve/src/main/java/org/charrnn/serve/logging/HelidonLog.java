package org.charrnn.serve.logging;

import io.helidon.common.Weight;
import io.helidon.logging.common.spi.LoggingProvider;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the log of Helidon as the application has configured it, except that it does not report
 * each start and stop. Without a provider Helidon prints a warning; its own one replaces the
 * configuration of java.util.logging. A provider of the application is preferred, by its higher
 * weight.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
@Weight(0)
public final class HelidonLog implements LoggingProvider {

  /** Kept here, since a logger that nothing refers to forgets its level. */
  private static final Logger HELIDON = Logger.getLogger("io.helidon");

  /** For ServiceLoader. */
  public HelidonLog() {}

  @Override
  public void initialization() {
    HELIDON.setLevel(Level.WARNING);
  }

  /** Called in a native image, whose loggers were initialized when it was built. */
  @Override
  public void runTime() {
    initialization();
  }
}
