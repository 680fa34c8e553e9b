package org.charrnn.text.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.files.IoReason;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;

/** A file cannot be written. An existing file is unchanged. */
public final class OutputException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The file. */
  private final String file;

  /**
   * Creates an exception.
   *
   * @param file the file
   * @param problem the reason and the remedy; follows "Cannot write FILE:"
   * @param cause the exception that led to this one, if there is one
   */
  public OutputException(Path file, String problem, @Nullable Throwable cause) {
    super(
        String.format(Locale.ROOT, "Cannot write %s: %s", VisibleText.inLine(file), problem),
        cause);
    this.file = file.toString();
  }

  /** {@return the file} */
  public String file() {
    return file;
  }

  /**
   * {@return the reason of a failure of input or output, a clause such as {@code permission denied
   * for a}} The message of the exception itself is often only the name of a file.
   *
   * @param failure the exception of the file system
   */
  public static String reason(IOException failure) {
    return IoReason.of(failure);
  }
}
