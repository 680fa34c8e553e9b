package org.charrnn.cli.progress;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether somebody watches. */
public final class Terminal {

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");

  private Terminal() {}

  /** Whether what is written to standard error appears on a terminal that can go back to the beginning of a line. */
  public static boolean isStandardError() {
    return !"dumb".equals(System.getenv("TERM")) && isTerminal();
  }

  /** Java knows about standard input and output together; Linux about each. */
  private static boolean isTerminal() {
    try {
      return DEVICE.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString()).matches();
    } catch (IOException | UnsupportedOperationException _) {
      Console console = System.console();
      return console != null && console.isTerminal();
    }
  }
}
