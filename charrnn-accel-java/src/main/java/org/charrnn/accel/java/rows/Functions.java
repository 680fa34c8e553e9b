package org.charrnn.accel.java.rows;

import java.util.Arrays;

/**
 * exp, tanh, sigmoid and log over rows.
 *
 * <p>With {@code n} the integer next to {@code x / ln 2} and {@code r = x - n ln 2}, {@code exp(x)
 * = 2^n (1 + r + r^2 p(r))}, {@code p} being Taylor's polynomial of degree 5, which leaves out less
 * than 6e-9 for {@code |r| <= ln 2 / 2}. {@code ln 2} is subtracted in two parts (Cody, Waite,
 * "Software Manual for the Elementary Functions", 1980). tanh is had from {@code exp(2x) - 1},
 * computed so that small values keep their digits.
 *
 * <p>Relative errors are below 4e-7 for exp and sigmoid and 6e-7 for tanh, where results are normal
 * numbers. NaN gives NaN, exp overflows to infinity and vanishes to 0. log is that of {@link Math},
 * rounded.
 *
 * <p>C2 makes vectors of the polynomial, but not of what makes a float out of bits or looks one up.
 * So powers of two stand in a table, and looking them up is a short loop of its own.
 *
 * <p><b>Thread safety.</b> None; each thread has its own.
 */
final class Functions {

  /** Added to a float of magnitude under 2^22 it rounds that to an integer. */
  private static final float ROUNDER = 12582912f;

  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float LN2_HIGH = 355f / 512; // of few bits, so that n * LN2_HIGH is exact
  private static final float LN2_LOW = (float) (Math.log(2) - LN2_HIGH);

  private static final int LEAST_POWER = -152;

  /**
   * {@code 2^n} from {@code n = -152} on, as far as exp needs: as doubles, since what it is
   * multiplied with may bring it back among the floats.
   */
  private static final double[] POWERS = new double[283];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Math.scalb(1.0, LEAST_POWER + i);
    }
  }

  /** Maxima that are taken side by side. */
  private static final int LANES = 256;

  private final float[] exponents; // at the index of the column, like everything
  private final int[] powers; // the same as integers
  private final float[] maxima = new float[LANES];
  private final float[] next = new float[LANES];

  /**
   * Makes room.
   *
   * @param columns the most columns of a row
   */
  Functions(int columns) {
    exponents = new float[columns];
    powers = new int[columns];
  }

  /** The largest number of a row, NaN if there is one. */
  float maximum(float[] x) {
    float[] a = maxima;
    float[] b = next;
    int whole = x.length - x.length % LANES;
    Arrays.fill(a, Float.NEGATIVE_INFINITY);
    for (int from = 0; from < whole; from += LANES) {
      System.arraycopy(x, from, b, 0, LANES); // to the index that the maxima have
      for (int j = 0; j < LANES; j++) {
        a[j] = Math.max(a[j], b[j]);
      }
    }
    float maximum = Float.NEGATIVE_INFINITY;
    for (int j = whole; j < x.length; j++) {
      maximum = Math.max(maximum, x[j]);
    }
    for (int j = 0; whole > 0 && j < LANES; j++) {
      maximum = Math.max(maximum, a[j]);
    }
    return maximum;
  }

  void exp(float[] x, float[] y, int from, int to) {
    exp(x, 0, y, from, to);
  }

  /** {@code y = exp(x - shift)}. */
  void exp(float[] x, float shift, float[] y, int from, int to) {
    float[] n = exponents;
    for (int j = from; j < to; j++) {
      float clamped = Math.min(89f, Math.max(-104f, x[j] - shift)); // both keep NaN
      float whole = clamped * LOG2_E + ROUNDER - ROUNDER;
      n[j] = whole;
      y[j] = 1 + expMinusOne(clamped - whole * LN2_HIGH - whole * LN2_LOW);
    }
    int[] power = powers(from, to);
    for (int j = from; j < to; j++) {
      y[j] = (float) (y[j] * POWERS[power[j]]);
    }
  }

  /** Where exponents are in the table. Alone in a loop, the conversion is done in vectors. */
  private int[] powers(int from, int to) {
    float[] n = exponents;
    int[] power = powers;
    for (int j = from; j < to; j++) {
      power[j] = (int) n[j] - LEAST_POWER;
    }
    return power;
  }

  void sigmoid(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = -x[j];
    }
    exp(y, y, from, to);
    for (int j = from; j < to; j++) {
      y[j] = 1 / (1 + y[j]);
    }
  }

  void tanh(float[] x, float[] y, int from, int to) {
    float[] n = exponents;
    for (int j = from; j < to; j++) {
      float clamped = Math.min(20f, Math.max(-20f, 2 * x[j]));
      float whole = clamped * LOG2_E + ROUNDER - ROUNDER;
      n[j] = whole;
      y[j] = expMinusOne(clamped - whole * LN2_HIGH - whole * LN2_LOW);
    }
    int[] power = powers(from, to);
    for (int j = from; j < to; j++) {
      n[j] = (float) POWERS[power[j]];
    }
    for (int j = from; j < to; j++) {
      float expMinusOne = y[j] * n[j] + (n[j] - 1);
      y[j] = expMinusOne / (expMinusOne + 2);
    }
  }

  static void log(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = (float) Math.log(x[j]);
    }
  }

  /** {@code exp(r) - 1} for small {@code r}. */
  private static float expMinusOne(float r) {
    float p = 1f / 5040;
    p = p * r + 1f / 720;
    p = p * r + 1f / 120;
    p = p * r + 1f / 24;
    p = p * r + 1f / 6;
    p = p * r + 0.5f;
    return p * (r * r) + r;
  }
}
