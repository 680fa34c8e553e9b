package org.charrnn.testkit.cases;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.Locale;
import org.charrnn.graph.program.Buffer;

/** Compares the results of an accelerator with the reference. */
final class Agreement {

  private Agreement() {}

  /** Fails at the first element that differs too much from the reference. */
  static void requireClose(
      Buffer buffer, double[] expected, float[] actual, Precision precision, double tolerance) {
    double largest =
        Arrays.stream(expected).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      double allowed = precision.allowed(tolerance, expected[i], largest);
      if (!isClose((float) expected[i], actual[i], allowed)) {
        fail(
            String.format(
                Locale.ROOT,
                "%s %s: the reference is %s, the result is %s; the allowed difference is %s",
                buffer,
                position(buffer, i),
                (float) expected[i],
                actual[i],
                allowed));
      }
    }
  }

  /** Fails at the first element that is not equal. */
  static void requireEqual(Buffer buffer, int[] expected, int[] actual) {
    int index = Arrays.mismatch(expected, actual);
    if (index >= 0) {
      fail(
          String.format(
              Locale.ROOT,
              "%s %s: the reference is %d, the result is %d",
              buffer,
              position(buffer, index),
              expected[index],
              actual[index]));
    }
  }

  private static boolean isClose(float expected, float actual, double allowed) {
    if (Float.isNaN(expected) || Float.isInfinite(expected)) {
      return Float.compare(expected, actual) == 0;
    }
    return Math.abs((double) expected - actual) <= allowed; // false for NaN
  }

  private static String position(Buffer buffer, int index) {
    return "row " + index / buffer.columns() + " column " + index % buffer.columns();
  }
}
