package org.charrnn.examples.essay;

import org.charrnn.cli.spi.CommandProvider;

/** Adds {@code essay} to the command line. */
public final class EssayCommands implements CommandProvider {

  /** For ServiceLoader. */
  public EssayCommands() {}

  @Override
  public Object command() {
    return new EssayCommand();
  }
}
