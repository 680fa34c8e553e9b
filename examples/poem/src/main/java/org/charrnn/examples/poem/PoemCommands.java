package org.charrnn.examples.poem;

import org.charrnn.cli.spi.CommandProvider;

/** Adds {@code poem} to the command line. */
public final class PoemCommands implements CommandProvider {

  /** For ServiceLoader. */
  public PoemCommands() {}

  @Override
  public Object command() {
    return new PoemCommand();
  }
}
