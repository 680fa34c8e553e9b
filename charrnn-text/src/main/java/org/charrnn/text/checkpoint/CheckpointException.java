package org.charrnn.text.checkpoint;

import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint cannot be used: it does not exist, is truncated, damaged, not a checkpoint, or of
 * another model.
 */
public final class CheckpointException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The file. */
  private final String file;

  /**
   * Creates an exception.
   *
   * @param file the file
   * @param problem the problem and the remedy; follows "Checkpoint FILE"
   * @param cause the exception that led to this one, if there is one
   */
  public CheckpointException(Path file, String problem, @Nullable Throwable cause) {
    super(String.format(Locale.ROOT, "Checkpoint %s %s", VisibleText.inLine(file), problem), cause);
    this.file = file.toString();
  }

  /**
   * Creates an exception without a cause.
   *
   * @param file the file
   * @param problem what is wrong, and what to do about it
   */
  public CheckpointException(Path file, String problem) {
    this(file, problem, null);
  }

  /** {@return the file} */
  public String file() {
    return file;
  }
}
