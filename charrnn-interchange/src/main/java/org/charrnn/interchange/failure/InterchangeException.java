package org.charrnn.interchange.failure;

import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;

/** A model cannot be written in another format, or a file of another library cannot be used. */
public final class InterchangeException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /**
   * Creates an exception.
   *
   * @param problem what is wrong, as the rest of a sentence that begins with {@code source}, and
   *     what to do about it
   * @param source the name of the file
   */
  public InterchangeException(String source, String problem) {
    super(source + " " + problem);
  }

  /**
   * The same about a file or a folder.
   *
   * @param file the file
   * @param problem what is wrong, and what to do about it
   */
  public InterchangeException(Path file, String problem) {
    this(file, problem, null);
  }

  /**
   * The same about a file or a folder, with a cause.
   *
   * @param cause the exception that led to this one; null if there is none
   * @param file the file
   * @param problem what is wrong, and what to do about it
   */
  public InterchangeException(Path file, String problem, @Nullable Throwable cause) {
    super(file + " " + problem, cause);
  }

  /**
   * {@return a number of a tensor is infinite or not a number}
   *
   * @param source the name of the file
   * @param tensor the name of the tensor
   */
  public static InterchangeException notFinite(String source, String tensor) {
    return new InterchangeException(
        source,
        String.format(
            Locale.ROOT,
            "has tensor '%s' with values that are not finite; such a model is useless. Use an earlier copy of it.",
            tensor));
  }
}
