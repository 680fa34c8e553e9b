package org.charrnn.testkit.cases;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import org.charrnn.graph.program.Buffer;

/** Compares what an accelerator computed with the reference. */
final class Agreement {

  private Agreement() {}

  /** Fails at the first number that is too far from the reference, and says where that is. */
  static void requireClose(
      Buffer buffer, double[] expected, float[] actual, Precision precision, double tolerance) {
    double largest =
        Arrays.stream(expected).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      double allowed = precision.allowed(tolerance, expected[i], largest);
      if (!isClose((float) expected[i], actual[i], allowed)) {
        fail(
            "%s at %s: the reference is %s, this is %s; allowed is a difference of %s"
                .formatted(buffer, place(buffer, i), (float) expected[i], actual[i], allowed));
      }
    }
  }

  /** Fails at the first number that is not the same. */
  static void requireEqual(Buffer buffer, int[] expected, int[] actual) {
    int place = Arrays.mismatch(expected, actual);
    if (place >= 0) {
      fail(
          "%s at %s: the reference is %d, this is %d"
              .formatted(buffer, place(buffer, place), expected[place], actual[place]));
    }
  }

  private static boolean isClose(float expected, float actual, double allowed) {
    if (Float.isNaN(expected) || Float.isInfinite(expected)) {
      return Float.compare(expected, actual) == 0;
    }
    return Math.abs((double) expected - actual) <= allowed; // false for NaN
  }

  private static String place(Buffer buffer, int index) {
    return "row %d column %d".formatted(index / buffer.columns(), index % buffer.columns());
  }
}
