package org.charrnn.text.settings;

import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;

/** A configuration file cannot be used. The message names the location and the remedy. */
public final class ConfigFileException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The file. */
  private final String file;

  /**
   * Creates an exception.
   *
   * @param file the file
   * @param location where in it, such as {@code line 3, column 5}; empty for the whole file
   * @param problem the problem and its remedy
   * @param cause the exception that led to this one, if there is one
   */
  public ConfigFileException(
      Path file, String location, String problem, @Nullable Throwable cause) {
    super(
        String.format(
            Locale.ROOT,
            "%s%s: %s",
            VisibleText.inLine(file),
            location.isEmpty() ? "" : ", " + location,
            problem),
        cause);
    this.file = file.toString();
  }

  /** {@return the file} */
  public String file() {
    return file;
  }
}
