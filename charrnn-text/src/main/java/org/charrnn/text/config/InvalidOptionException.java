package org.charrnn.text.config;

import java.util.Locale;
import org.charrnn.api.CharRnnException;

/** An option has a value that is not allowed. */
public final class InvalidOptionException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The name of the option. */
  private final String option;

  /**
   * Creates an exception for a value that is not allowed.
   *
   * @param option its name in the configuration, such as {@code hiddenSize}
   * @param value the value
   * @param allowed the allowed values, a clause that follows "must be"
   */
  public InvalidOptionException(String option, Object value, String allowed) {
    super(String.format(Locale.ROOT, "%s must be %s: %s", option, allowed, value));
    this.option = option;
  }

  private InvalidOptionException(String option, IllegalArgumentException cause) {
    super(String.format(Locale.ROOT, "%s: %s", option, cause.getMessage()), cause);
    this.option = option;
  }

  /**
   * {@return an option that a plugin or a program rejects for the reason in {@code cause}}
   *
   * @param option the name of the option
   * @param cause the exception that led to this one
   */
  public static InvalidOptionException refused(String option, IllegalArgumentException cause) {
    return new InvalidOptionException(option, cause);
  }

  /** {@return the name of the option in the configuration, such as {@code hiddenSize}} */
  public String option() {
    return option;
  }
}
