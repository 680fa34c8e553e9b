package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.Locale;
import org.charrnn.accel.java.runtime.RowMath;

/**
 * Loops over a row that C2 vectorizes. It does so only for loops that run at the same index in all
 * arrays; so do all rows here, which start at the same index of their arrays.
 *
 * <p>With {@code n} the integer nearest to {@code x / ln 2} and {@code r = x - n ln 2}, {@code
 * exp(x) = 2^n (1 + r + r^2 p(r))}, {@code p} being Taylor's polynomial of degree 5, whose error is
 * below 6e-9 for {@code |r| <= ln 2 / 2}. {@code ln 2} is subtracted in two parts (Cody, Waite,
 * "Software Manual for the Elementary Functions", 1980). tanh is computed from {@code exp(2x) - 1},
 * in a way that preserves the digits of small values.
 *
 * <p>Relative errors are below 4e-7 for exp and sigmoid and 6e-7 for tanh, where results are normal
 * numbers. NaN gives NaN, exp overflows to infinity and underflows to 0. log is the rounded
 * logarithm of {@link Math}.
 *
 * <p>C2 vectorizes the polynomial, but neither conversions of bits to floats nor table lookups. So
 * powers of two are in a table, and the lookup is a short loop of its own.
 *
 * <p><b>Thread safety.</b> None; each worker has its own.
 */
final class PlainMath implements RowMath {

  /** Added to a float of magnitude under 2^22 it rounds that to an integer. */
  private static final float ROUNDER = 12582912f;

  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float LN2_HIGH = 355f / 512; // of few bits, so that n * LN2_HIGH is exact
  private static final float LN2_LOW = (float) (Math.log(2) - LN2_HIGH);

  private static final int MIN_POWER = -152;

  /**
   * {@code 2^n} from {@code n = -152} to the largest power that exp needs: as doubles, since the
   * product may be a float where the power is not.
   */
  private static final double[] POWERS = new double[283];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Math.scalb(1.0, MIN_POWER + i);
    }
  }

  /** Maxima that are computed in parallel. */
  private static final int LANES = 256;

  private final float[] exponents; // at the index of the column, as in all arrays
  private final int[] powers; // the same as integers
  private final float[] maxima = new float[LANES];
  private final float[] next = new float[LANES];

  /**
   * Allocates temporaries.
   *
   * @param columns the most columns of a row
   */
  PlainMath(int columns) {
    exponents = new float[columns];
    powers = new int[columns];
  }

  /** The maximum of a row, NaN if it contains one. */
  @Override
  public float maximum(float[] x, int start, int count) {
    float[] a = maxima;
    float[] b = next;
    int whole = start + count - count % LANES;
    Arrays.fill(a, Float.NEGATIVE_INFINITY);
    for (int from = start; from < whole; from += LANES) {
      System.arraycopy(x, from, b, 0, LANES); // to the index of the maxima
      for (int j = 0; j < LANES; j++) {
        a[j] = Math.max(a[j], b[j]);
      }
    }
    float maximum = Float.NEGATIVE_INFINITY;
    for (int j = whole; j < start + count; j++) {
      maximum = Math.max(maximum, x[j]);
    }
    for (int j = 0; count >= LANES && j < LANES; j++) {
      maximum = Math.max(maximum, a[j]);
    }
    return maximum;
  }

  /**
   * Four sums that alternate, so that an addition does not wait for the previous one; pairs are
   * added in single precision.
   */
  @Override
  public double sum(float[] x, int start, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int end = start + count;
    int j = start;
    for (; j + 7 < end; j += 8) {
      a += x[j] + x[j + 1];
      b += x[j + 2] + x[j + 3];
      c += x[j + 4] + x[j + 5];
      d += x[j + 6] + x[j + 7];
    }
    for (; j < end; j++) {
      a += x[j];
    }
    return (a + b) + (c + d);
  }

  @Override
  public void scale(float[] x, int start, int count, float factor) {
    for (int j = start; j < start + count; j++) {
      x[j] *= factor;
    }
  }

  @Override
  public void add(float[] x, int xStart, float[] y, int yStart, int count) {
    requireSameStart(xStart, yStart);
    for (int j = yStart; j < yStart + count; j++) {
      y[j] += x[j];
    }
  }

  @Override
  public void exp(float[] x, int xStart, float shift, float[] y, int yStart, int count) {
    requireSameStart(xStart, yStart);
    exp(x, shift, y, yStart, yStart + count);
  }

  private static void requireSameStart(int xStart, int yStart) {
    if (xStart != yStart) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "rows must start at the same index: %d, %d", xStart, yStart));
    }
  }

  void exp(float[] x, float[] y, int from, int to) {
    exp(x, 0, y, from, to);
  }

  private void exp(float[] x, float shift, float[] y, int from, int to) {
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

  /**
   * The indices of the exponents in the table. In a loop of its own, the conversion is vectorized.
   */
  private int[] powers(int from, int to) {
    float[] n = exponents;
    int[] power = powers;
    for (int j = from; j < to; j++) {
      power[j] = (int) n[j] - MIN_POWER;
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
