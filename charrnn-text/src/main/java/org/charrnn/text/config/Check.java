package org.charrnn.text.config;

import java.util.Locale;

/** Checks of values that options may have. */
final class Check {

  private Check() {}

  static void atLeast(long minimum, String option, long value) {
    if (value < minimum) {
      throw new InvalidOptionException(option, value, "at least " + minimum);
    }
  }

  static void inRange(long minimum, long maximum, String option, long value) {
    if (value < minimum || value > maximum) {
      throw new InvalidOptionException(
          option, value, String.format(Locale.ROOT, "from %d to %d", minimum, maximum));
    }
  }

  /** A number that is computed with as a float, where it must not become zero or infinite. */
  static void positiveFloat(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) { // written so that NaN fails
      throw new InvalidOptionException(option, value, "a number greater than 0");
    }
    if (!((float) value > 0 && (float) value < Float.POSITIVE_INFINITY)) {
      throw new InvalidOptionException(
          option,
          value,
          String.format(
              Locale.ROOT,
              "a number that 32 bits can represent, from %s to %s",
              Float.MIN_VALUE,
              Float.MAX_VALUE));
    }
  }

  static void share(String option, double value) {
    if (!(value > 0 && value <= 1)) { // written so that NaN fails
      throw new InvalidOptionException(option, value, "in (0.0, 1.0]");
    }
  }

  static void within(double minimum, double below, String option, double value) {
    if (!(value >= minimum && value < below)) { // written so that NaN fails
      throw new InvalidOptionException(
          option, value, String.format(Locale.ROOT, "in [%s, %s)", minimum, below));
    }
  }

  /** A share of a text; a smaller one than this is zero for every text that a file can hold. */
  static void shareOfText(String option, double value) {
    within(0, 1, option, value);
    if (value > 0 && (value < MINIMUM_SHARE || 1 - value < MINIMUM_SHARE)) {
      throw new InvalidOptionException(
          option,
          value,
          String.format(Locale.ROOT, "0, or from %s to 1 - %s", MINIMUM_SHARE, MINIMUM_SHARE));
    }
  }

  private static final double MINIMUM_SHARE = 1e-9;

  static void pluginName(String option, String value) {
    if (value.isBlank()) {
      throw new InvalidOptionException(option, "'" + value + "'", "the name of a plugin");
    }
  }
}
