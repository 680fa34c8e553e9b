package org.charrnn.text.config;

import org.charrnn.api.CharRnnException;

/** An option has a value that it cannot have. */
public final class InvalidOptionException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String option;

  /**
   * An option with an impossible value.
   *
   * @param option its name as the configuration spells it, such as {@code hiddenSize}
   * @param value what was given
   * @param allowed what may be given, a clause that follows "must be"
   */
  public InvalidOptionException(String option, Object value, String allowed) {
    super("%s must be %s: %s".formatted(option, allowed, value));
    this.option = option;
  }

  private InvalidOptionException(String option, IllegalArgumentException cause) {
    super("%s: %s".formatted(option, cause.getMessage()), cause);
    this.option = option;
  }

  /** An option that a plugin or a program refuses for the reason that {@code cause} gives. */
  public static InvalidOptionException refused(String option, IllegalArgumentException cause) {
    return new InvalidOptionException(option, cause);
  }

  /** The name of the option as the configuration spells it, such as {@code hiddenSize}. */
  public String option() {
    return option;
  }
}
