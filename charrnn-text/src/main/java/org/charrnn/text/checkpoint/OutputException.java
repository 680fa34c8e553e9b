package org.charrnn.text.checkpoint;

import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;

/** A file cannot be written. An existing file is unchanged. */
public final class OutputException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String file;

  /**
   * Creates an exception.
   *
   * @param file the file
   * @param problem the reason and the remedy; follows "Cannot write FILE:"
   */
  public OutputException(Path file, String problem, @Nullable Throwable cause) {
    super(String.format(Locale.ROOT, "Cannot write %s: %s", file, problem), cause);
    this.file = file.toString();
  }

  /** The file. */
  public String file() {
    return file;
  }
}
