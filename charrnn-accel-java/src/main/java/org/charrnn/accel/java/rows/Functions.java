package org.charrnn.accel.java.rows;

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
 */
final class Functions {

  /**
   * Added to a float of magnitude under 2^22 it rounds that to an integer, which the low bits then
   * hold.
   */
  private static final float ROUNDER = 12582912f;

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float LN2_HIGH = 355f / 512; // of few bits, so that n * LN2_HIGH is exact
  private static final float LN2_LOW = (float) (Math.log(2) - LN2_HIGH);

  private Functions() {}

  static void exp(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = exp(x[j]);
    }
  }

  /** {@code y = exp(x - shift)}. */
  static void exp(float[] x, float shift, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = exp(x[j] - shift);
    }
  }

  static void sigmoid(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = 1 / (1 + exp(-x[j]));
    }
  }

  static void tanh(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = tanh(x[j]);
    }
  }

  static void log(float[] x, float[] y, int from, int to) {
    for (int j = from; j < to; j++) {
      y[j] = (float) Math.log(x[j]);
    }
  }

  private static float exp(float x) {
    float clamped = Math.min(89f, Math.max(-104f, x)); // both keep NaN
    float shifted = clamped * LOG2_E + ROUNDER;
    int n = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
    int half = n >> 1; // two factors, since 2^n itself may be no normal number
    return (1 + expMinusOne(remainder(clamped, shifted))) * powerOfTwo(half) * powerOfTwo(n - half);
  }

  private static float tanh(float x) {
    float y = Math.min(20f, Math.max(-20f, 2 * x));
    float shifted = y * LOG2_E + ROUNDER;
    float scale = powerOfTwo(Float.floatToRawIntBits(shifted) - ROUNDER_BITS);
    float expMinusOne = expMinusOne(remainder(y, shifted)) * scale + (scale - 1);
    return expMinusOne / (expMinusOne + 2);
  }

  private static float remainder(float x, float shifted) {
    float n = shifted - ROUNDER;
    return x - n * LN2_HIGH - n * LN2_LOW;
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

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
