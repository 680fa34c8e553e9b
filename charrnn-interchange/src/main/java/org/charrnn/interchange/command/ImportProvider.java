package org.charrnn.interchange.command;

import org.charrnn.cli.spi.CommandProvider;

/** Adds {@code import} to the command line. */
public final class ImportProvider implements CommandProvider {

  /** For ServiceLoader. */
  public ImportProvider() {}

  @Override
  public Object command() {
    return new ImportCommand();
  }
}
