package org.charrnn.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.charrnn.text.checkpoint.OutputException;

/** The reasons why printing to standard output fails. */
public final class StandardOutput {

  private static final Path DESCRIPTOR = Path.of("/dev/fd/1");
  private static final int TYPE = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  /** The program that reads standard output has ended, which is no error of this one. */
  public static final class Closed extends RuntimeException {

    private static final long serialVersionUID = 1;

    Closed() {
      super("standard output was closed by its reader", null, false, false);
    }
  }

  private StandardOutput() {}

  /** The failure after a write to standard output has failed. */
  public static RuntimeException failure() {
    return isPipe()
        ? new Closed()
        : new OutputException(
            Path.of("standard output"), "it was closed, or the disk is full", null);
  }

  /** Whether standard output is a pipe: writing to one fails only if its reader is gone. */
  public static boolean isPipe() {
    try {
      int type = (int) Files.getAttribute(DESCRIPTOR, "unix:mode") & TYPE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return false; // not on Unix
    }
  }
}
