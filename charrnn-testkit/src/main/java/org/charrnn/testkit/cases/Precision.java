package org.charrnn.testkit.cases;

/** How close a number in single precision must come to the reference. */
public enum Precision {
  /**
   * The reference rounded to single precision: sums of small whole numbers, and what only moves
   * numbers.
   */
  EXACT {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return 0;
    }
  },
  /** In proportion to the number itself: what is computed element by element. */
  ELEMENT {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return tolerance * (Math.abs(expected) + 0.01);
    }
  },
  /** In proportion to the number itself, but not below 1: what is computed from probabilities. */
  PROBABILITY {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return tolerance * (Math.abs(expected) + 1);
    }
  },
  /** In proportion to the largest number of the array: sums in which large terms may cancel. */
  SUM {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return tolerance * (Math.abs(expected) + largest);
    }
  },
  /** Many steps of training, one error upon the other. */
  TRAINING {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return 100 * SUM.allowed(tolerance, expected, largest);
    }
  };

  /**
   * The greatest difference from {@code expected}.
   *
   * @param tolerance what the accelerator claims for one operation
   * @param largest the largest finite magnitude in the expected array
   */
  abstract double allowed(double tolerance, double expected, double largest);
}
