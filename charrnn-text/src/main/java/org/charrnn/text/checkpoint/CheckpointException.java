package org.charrnn.text.checkpoint;

import java.nio.file.Path;
import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;

/** A checkpoint cannot be used: it is missing, truncated, damaged, foreign, or of another model. */
public final class CheckpointException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String file;

  /**
   * A checkpoint that cannot be used.
   *
   * @param file the file
   * @param problem what is wrong with it, and the remedy; continues "Checkpoint FILE"
   */
  public CheckpointException(Path file, String problem, @Nullable Throwable cause) {
    super("Checkpoint %s %s".formatted(file, problem), cause);
    this.file = file.toString();
  }

  /** With no further cause. */
  public CheckpointException(Path file, String problem) {
    this(file, problem, null);
  }

  /** The file. */
  public String file() {
    return file;
  }
}
