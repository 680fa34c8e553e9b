package org.charrnn.accel.java.vector.expression;

import org.charrnn.accel.java.codegen.VectorEmitter;

/**
 * exp, tanh, sigmoid and log, as straight-line code on vectors.
 *
 * <p>With {@code n} the integer nearest to {@code x / ln 2} and {@code r = x - n ln 2}, {@code
 * exp(x) = 2^n (1 + r + r^2 p(r))}, {@code p} being the minimax polynomial of degree 4 (Remez),
 * with an error of 3.1e-9 relative to {@code exp(r)} for {@code |r| <= ln 2 / 2}. {@code ln 2} is
 * subtracted in two parts (Cody, Waite, "Software Manual for the Elementary Functions", 1980), and
 * {@code 2^n} is multiplied by adding {@code n} to the exponent. tanh is computed from {@code
 * exp(2x) - 1}, in a way that preserves the digits of small values. {@code ln(m 2^e)} with {@code
 * m} near 1 is {@code e ln 2 + 2 artanh((m - 1) / (m + 1))}, the latter by its series.
 *
 * <p>Relative errors are below 3e-7 for exp, 4e-7 for sigmoid, 5e-7 for tanh and 3e-7 for log (near
 * 1 an absolute error of 1e-7), where results are normal numbers; smaller results err by less than
 * 1.2e-38. NaN gives NaN, and exp overflows to infinity and underflows to 0.
 */
final class MathEmitter {

  /**
   * Added to a float of magnitude below 2^22 it rounds that to an integer, which is then in the low
   * bits.
   */
  private static final float ROUNDER = 12582912f;

  private static final float LOG2_E = (float) (1 / Math.log(2));
  private static final float LN2_HIGH = 355f / 512; // of few bits, so that n * LN2_HIGH is exact
  private static final float LN2_LOW = (float) (Math.log(2) - LN2_HIGH);
  private static final float[] EXP = {
    0.001381454f, 0.008368745f, 0.04166839f, 0.16666521f, 0.49999994f
  };
  private static final float MAX_ARGUMENT = (float) Math.log(Float.MAX_VALUE);
  private static final float MIN_ARGUMENT = (float) Math.log(Float.MIN_NORMAL);
  private static final float[] ARTANH = {2f / 9, 2f / 7, 2f / 5, 2f / 3};
  private static final int EXPONENT_OF_ONE = Float.floatToRawIntBits(1f);

  private final VectorEmitter f;

  MathEmitter(VectorEmitter emitter) {
    this.f = emitter;
  }

  int exp(int x) {
    int shifted = f.fma(x, LOG2_E, ROUNDER);
    int oneMore = f.add(expMinusOne(remainder(x, shifted)), f.constant(1));
    int scaled = f.floats(f.addBits(f.bits(oneMore), exponent(shifted)));
    int beyond = f.add(x, f.constant(Float.POSITIVE_INFINITY)); // NaN stays NaN
    int bounded = f.choose(x, "LE", f.constant(MAX_ARGUMENT), scaled, beyond);
    return f.choose(x, "LT", f.constant(MIN_ARGUMENT), f.constant(0), bounded);
  }

  int sigmoid(int x) {
    int one = f.constant(1);
    return f.divide(one, f.add(one, exp(f.negate(x))));
  }

  int tanh(int x) {
    int y = f.clamp(f.add(x, x), -20f, 20f);
    int shifted = f.fma(y, LOG2_E, ROUNDER);
    int scale = f.floats(f.onBits(exponent(shifted), "ADD", EXPONENT_OF_ONE));
    int less = f.subtract(scale, f.constant(1));
    int expMinusOne = f.fma(expMinusOne(remainder(y, shifted)), scale, less);
    return f.divide(expMinusOne, f.add(expMinusOne, f.constant(2)));
  }

  int log(int x) {
    int tiny = f.constant(Float.MIN_NORMAL);
    int big = f.multiply(x, f.constant(0x1p24f));
    int normal = f.choose(x, "LT", tiny, big, x);
    int bias = f.choose(x, "LT", tiny, f.constant(24), f.constant(0));
    // The exponent is counted from sqrt(1/2), so that m is in [sqrt(1/2), sqrt(2)).
    int rootHalf = Float.floatToRawIntBits((float) Math.sqrt(0.5));
    int n = f.onBits(f.onBits(f.bits(normal), "ADD", -rootHalf), "ASHR", 23);
    int m = f.floats(f.subtractBits(f.bits(normal), f.onBits(n, "LSHL", 23)));
    int e = f.subtract(toFloat(n), bias);
    int q = f.divide(f.subtract(m, f.constant(1)), f.add(m, f.constant(1)));
    int series = f.multiply(q, f.multiply(q, q));
    int tail = f.multiply(polynomial(f.multiply(q, q), ARTANH), series);
    int low = f.fma(e, f.constant(LN2_LOW), tail);
    int result = f.fma(e, f.constant(LN2_HIGH), f.add(f.add(q, q), low));
    int infinity = f.constant(Float.POSITIVE_INFINITY);
    int zero = f.constant(0);
    int finite =
        f.choose(x, "LT", infinity, result, f.add(x, x)); // infinity and NaN stay what they are
    int positive = f.choose(x, "EQ", zero, f.constant(Float.NEGATIVE_INFINITY), finite);
    return f.choose(x, "LT", zero, f.constant(Float.NaN), positive);
  }

  /** {@code exp(r) - 1} for small {@code r}. */
  private int expMinusOne(int r) {
    return f.fma(polynomial(r, EXP), f.multiply(r, r), r);
  }

  private int polynomial(int x, float[] coefficients) {
    int value = f.constant(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      value = f.fma(value, x, f.constant(coefficients[i]));
    }
    return value;
  }

  /** {@code x - n ln 2}, {@code n} being {@code shifted} without the rounder. */
  private int remainder(int x, int shifted) {
    int n = f.subtract(shifted, f.constant(ROUNDER));
    int high = f.fma(n, f.constant(-LN2_HIGH), x);
    return f.fma(n, f.constant(-LN2_LOW), high);
  }

  /** The integer in {@code shifted}, in the bits of the exponent of a float. */
  private int exponent(int shifted) {
    return f.onBits(f.bits(shifted), "LSHL", 23);
  }

  /** Small integers as floats. */
  private int toFloat(int n) {
    return f.subtract(
        f.floats(f.onBits(n, "ADD", Float.floatToRawIntBits(ROUNDER))), f.constant(ROUNDER));
  }
}
