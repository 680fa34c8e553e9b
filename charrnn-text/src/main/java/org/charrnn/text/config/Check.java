package org.charrnn.text.config;

/** What numbers and names an option allows. */
final class Check {

  private Check() {}

  static void atLeast(long least, String option, long value) {
    if (value < least) {
      throw new InvalidOptionException(option, value, "at least " + least);
    }
  }

  static void greaterThanZero(String option, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) { // written so that NaN fails
      throw new InvalidOptionException(option, value, "a number greater than 0");
    }
  }

  static void share(String option, double value) {
    if (!(value > 0 && value <= 1)) { // written so that NaN fails
      throw new InvalidOptionException(option, value, "in (0.0, 1.0]");
    }
  }

  static void within(double least, double below, String option, double value) {
    if (!(value >= least && value < below)) { // written so that NaN fails
      throw new InvalidOptionException(option, value, "in [%s, %s)".formatted(least, below));
    }
  }

  static void name(String option, String value) {
    if (value.isBlank()) {
      throw new InvalidOptionException(option, "'" + value + "'", "the name of a plugin");
    }
  }
}
