package org.charrnn.text.config;

import java.nio.file.Path;
import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;

/** A file of configuration cannot be used. The message names the place in it, and the remedy. */
public final class ConfigFileException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String file;

  /**
   * A configuration that cannot be used.
   *
   * @param file the file
   * @param place where in it, such as {@code line 3, column 5}; empty if all of it is meant
   * @param problem what is wrong, and the remedy
   */
  public ConfigFileException(Path file, String place, String problem, @Nullable Throwable cause) {
    super("%s%s: %s".formatted(file, place.isEmpty() ? "" : ", " + place, problem), cause);
    this.file = file.toString();
  }

  /** The file. */
  public String file() {
    return file;
  }
}
