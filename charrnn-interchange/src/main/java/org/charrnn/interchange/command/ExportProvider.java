package org.charrnn.interchange.command;

import org.charrnn.cli.spi.CommandProvider;

/** Adds {@code export} to the command line. */
public final class ExportProvider implements CommandProvider {

  /** For ServiceLoader. */
  public ExportProvider() {}

  @Override
  public Object command() {
    return new ExportCommand();
  }
}
