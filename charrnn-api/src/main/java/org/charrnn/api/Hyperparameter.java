package org.charrnn.api;

/**
 * The declaration of a number that the user of a plugin can set.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param name lower-case words with hyphens, such as {@code weight-decay}
 * @param defaultValue the value if the user sets none, in {@code [min, max]}
 * @param min the minimum value, itself allowed; negative infinity for none
 * @param max the maximum value, itself allowed; infinity for none
 * @param meaning a one-line description for the user
 */
public record Hyperparameter(
    String name, double defaultValue, double min, double max, String meaning) {
  /**
   * Checks that the default is in range.
   *
   * @throws IllegalArgumentException if it is not, or if one of the three numbers is NaN
   */
  public Hyperparameter {
    if (!(min <= defaultValue && defaultValue <= max)) {
      throw new IllegalArgumentException(
          "the default of " + name + " must be in [" + min + ", " + max + "]: " + defaultValue);
    }
  }

  /** Returns {@code value} if it is allowed. */
  double require(double value) {
    if (!(value >= min && value <= max)) { // written so that NaN fails
      throw new IllegalArgumentException(name + " must be in [" + min + ", " + max + "]: " + value);
    }
    return value;
  }
}
