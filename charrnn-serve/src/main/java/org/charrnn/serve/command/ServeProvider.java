package org.charrnn.serve.command;

import org.charrnn.cli.spi.CommandProvider;

/** Adds {@code serve} to the command line. */
public final class ServeProvider implements CommandProvider {

  /** For ServiceLoader. */
  public ServeProvider() {}

  @Override
  public Object command() {
    return new ServeCommand();
  }
}
