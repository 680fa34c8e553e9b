package org.charrnn.text.checkpoint;

import java.nio.file.Path;
import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;

/** A file cannot be written. What stood there before is unharmed. */
public final class OutputException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String file;

  /**
   * A file that cannot be written.
   *
   * @param file the file
   * @param problem why not, and the remedy; continues "Cannot write FILE:"
   */
  public OutputException(Path file, String problem, @Nullable Throwable cause) {
    super("Cannot write %s: %s".formatted(file, problem), cause);
    this.file = file.toString();
  }

  /** The file. */
  public String file() {
    return file;
  }
}
