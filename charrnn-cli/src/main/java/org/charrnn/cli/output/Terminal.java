package org.charrnn.cli.output;

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
 * Whether the standard streams are terminals, and how wide the window is.
 *
 * <p>A terminal of JLine, a dependency of the progress bar, would report that too, but opening one
 * takes over the signals of the process, and Ctrl-C would no longer save a checkpoint.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class Terminal {

  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final File THIS_TERMINAL = new File("/dev/tty");
  private static final Pattern DEVICE = Pattern.compile("/dev/(pts/\\d+|tty\\w*|console)");
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d{2,4})\\s*");
  private static final int USUAL_COLUMNS = 80;

  private Terminal() {}

  /** {@return whether standard error is a terminal that can return to the beginning of a line} */
  public static boolean isStandardError() {
    return !"dumb".equals(System.getenv("TERM")) && isTerminal(STANDARD_ERROR);
  }

  /** {@return whether standard output is a terminal} */
  public static boolean isStandardOutput() {
    return isTerminal(STANDARD_OUTPUT);
  }

  /** Java reports on standard input and output together; Linux on each stream. */
  private static boolean isTerminal(Path stream) {
    try {
      return DEVICE.matcher(Files.readSymbolicLink(stream).toString()).matches();
    } catch (IOException | UnsupportedOperationException _) {
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }

  /** {@return the width of the terminal in characters; 80 if it is unknown} */
  public static int columns() {
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
      return USUAL_COLUMNS; // there is no stty
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return USUAL_COLUMNS;
  }

  /** Parses the output of {@code stty size}. */
  static int columns(String rowsAndColumns) {
    Matcher matcher = ROWS_AND_COLUMNS.matcher(rowsAndColumns);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : USUAL_COLUMNS;
  }
}
