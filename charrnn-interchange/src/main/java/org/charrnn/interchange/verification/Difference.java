package org.charrnn.interchange.verification;

/**
 * How far the numbers of two programs are apart.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param largest the largest absolute difference
 * @param magnitude the largest absolute value among the expected numbers
 */
public record Difference(double largest, double magnitude) {

  /** Nothing was compared yet. */
  public static final Difference NONE = new Difference(0, 0);

  /** What f32 arithmetic in another order may differ by, relative to the largest number. */
  public static final double TOLERANCE = 1e-5;

  /** Compares {@code expected} with the numbers of {@code actual} from an index on. */
  static Difference between(float[] expected, float[] actual, int from) {
    double largest = 0;
    double magnitude = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[from + i]);
      largest = difference <= largest ? largest : difference; // NaN stays
      magnitude = Math.max(magnitude, Math.abs(expected[i]));
    }
    return new Difference(largest, magnitude);
  }

  /** The larger one of both. */
  Difference or(Difference other) {
    double larger = Double.isNaN(largest) || largest >= other.largest ? largest : other.largest;
    return new Difference(larger, Math.max(magnitude, other.magnitude));
  }

  /** {@return whether the numbers are the same but for rounding} */
  public boolean isRounding() {
    return largest <= TOLERANCE * Math.max(1, magnitude);
  }
}
