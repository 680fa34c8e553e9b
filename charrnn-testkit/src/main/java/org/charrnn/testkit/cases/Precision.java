package org.charrnn.testkit.cases;

/** The precision that a result must have, compared with the reference. */
public enum Precision {
  /**
   * Equal to the reference rounded to single precision: for sums of small whole numbers, and for
   * kernels that only copy.
   */
  EXACT {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return 0;
    }
  },
  /** Relative to the element: for element-wise functions. */
  ELEMENT {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return tolerance * (Math.abs(expected) + 0.01);
    }
  },
  /** Relative to the element or to 1, if that is larger: for functions of probabilities. */
  PROBABILITY {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return tolerance * (Math.abs(expected) + 1);
    }
  },
  /** Relative to the largest element of the array: for sums in which large terms may cancel. */
  SUM {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return tolerance * (Math.abs(expected) + largest);
    }
  },
  /** Like {@link #SUM} with a larger factor: for many training steps, whose errors accumulate. */
  TRAINING {
    @Override
    double allowed(double tolerance, double expected, double largest) {
      return 100 * SUM.allowed(tolerance, expected, largest);
    }
  };

  /**
   * The largest allowed difference from {@code expected}.
   *
   * @param tolerance the relative error that one operation may have
   * @param largest the largest finite magnitude in the expected array
   */
  abstract double allowed(double tolerance, double expected, double largest);
}
