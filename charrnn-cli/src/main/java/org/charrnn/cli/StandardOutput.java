package org.charrnn.cli;

import java.nio.file.Path;
import org.charrnn.text.checkpoint.OutputException;

/** The failure of the one output that has no name. */
final class StandardOutput {

  private StandardOutput() {}

  static OutputException failure() {
    return new OutputException(
        Path.of("standard output"), "it was closed, or the disk is full", null);
  }
}
