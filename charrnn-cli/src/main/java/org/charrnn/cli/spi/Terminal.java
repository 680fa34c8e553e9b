package org.charrnn.cli.spi;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether somebody watches, and how wide the window is.
 *
 * <p>JLine, which comes with the progress bar, knows that too, but it takes the signals of the
 * terminal away from Java, and Ctrl-C would no longer save anything.
 */
public final class Terminal {

  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final File THIS_TERMINAL = new File("/dev/tty");
  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d{2,4})\\s*");
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /**
   * Whether what is written to standard error appears on a terminal that can go back to the
   * beginning of a line.
   */
  public static boolean isStandardError() {
    return !"dumb".equals(System.getenv("TERM")) && isTerminal();
  }

  /** Java knows about standard input and output together; Linux about each. */
  private static boolean isTerminal() {
    try {
      return DEVICE.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString()).matches();
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }

  /** The width of the terminal in characters; 80 where nobody can tell. */
  static int columns() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(THIS_TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (stty.waitFor(1, TimeUnit.SECONDS)) {
        return columns(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      }
      stty.destroy();
    } catch (IOException _) {
      return USUAL_COLUMNS; // no stty here
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return USUAL_COLUMNS;
  }

  /** Reads what {@code stty size} says. */
  static int columns(String rowsAndColumns) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(rowsAndColumns);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : USUAL_COLUMNS;
  }
}
