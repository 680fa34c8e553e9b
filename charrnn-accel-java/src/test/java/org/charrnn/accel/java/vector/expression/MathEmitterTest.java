package org.charrnn.accel.java.vector.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.charrnn.accel.java.VectorAccelerator;
import org.charrnn.api.Availability;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The errors that {@link MathEmitter} states, over a dense sample of all floats. */
class MathEmitterTest {

  private static final int STEP = 997; // of the bits of a float, prime, some four million numbers

  @BeforeEach
  void requireVectors() {
    assumeTrue(new VectorAccelerator().availability() instanceof Availability.Available);
  }

  @Test
  void exp_allFloats_statedError() {
    checkAll(UnaryFunction.EXP, 3e-7, 0);
  }

  @Test
  void sigmoid_allFloats_statedError() {
    checkAll(UnaryFunction.SIGMOID, 4e-7, 0);
  }

  @Test
  void tanh_allFloats_statedError() {
    checkAll(UnaryFunction.TANH, 5e-7, 0);
  }

  @Test
  void log_allFloats_statedError() {
    checkAll(UnaryFunction.LOG, 3e-7, 1e-7);
  }

  @Test
  void functions_extremes_limits() {
    float inf = Float.POSITIVE_INFINITY;
    float[] x = {inf, -inf, Float.NaN, 0, -0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE};
    assertLimits(UnaryFunction.EXP, x, inf, 0, Float.NaN, 1, 1, inf, 0, 1);
    assertLimits(UnaryFunction.SIGMOID, x, 1, 0, Float.NaN, 0.5f, 0.5f, 1, 0, 0.5f);
    assertLimits(UnaryFunction.TANH, x, 1, -1, Float.NaN, 0, 0, 1, -1, Float.MIN_VALUE);
    assertLimits(
        UnaryFunction.LOG,
        x,
        inf,
        Float.NaN,
        Float.NaN,
        -inf,
        -inf,
        (float) Math.log(Float.MAX_VALUE),
        Float.NaN,
        (float) Math.log(Float.MIN_VALUE));
  }

  private static void assertLimits(UnaryFunction function, float[] x, float... expected) {
    float[] y = apply(function, x);
    for (int i = 0; i < x.length; i++) {
      boolean finite = Float.isFinite(expected[i]);
      float allowed = finite ? Math.max(Math.abs(expected[i]) * 3e-7f, Float.MIN_VALUE) : 1;
      assertEquals(expected[i], y[i], allowed, function + "(" + x[i] + ")");
    }
  }

  private static void checkAll(UnaryFunction function, double relative, double absolute) {
    float[] x = new float[1 << 16];
    long bits = Integer.MIN_VALUE;
    int count = 0;
    while (bits <= Integer.MAX_VALUE) {
      int length = 0;
      for (; length < x.length && bits <= Integer.MAX_VALUE; bits += STEP) {
        x[length++] = Float.intBitsToFloat((int) bits);
      }
      float[] y = apply(function, x);
      for (int i = 0; i < length; i++) {
        count += check(function, x[i], y[i], relative, absolute);
      }
    }
    assertTrue(count > 1_000_000, "numbers checked: " + count);
  }

  private static int check(
      UnaryFunction function, float x, float y, double relative, double absolute) {
    double exact = function.apply(x);
    if (Double.isNaN(exact) || Math.abs(exact) > Float.MAX_VALUE) {
      assertEquals((float) exact, y, function + "(" + x + ")");
      return 0;
    }
    double allowed = Math.max(Math.max(relative * Math.abs(exact), absolute), 1.2e-38);
    double error = Math.abs(y - exact);
    if (!(error <= allowed)) {
      assertEquals(exact, y, allowed, function + "(" + x + ")");
    }
    return 1;
  }

  private static float[] apply(UnaryFunction function, float[] x) {
    Expression expression = Expression.of(function);
    float[] y = new float[x.length];
    new ExpressionEmitter()
        .loop(expression, List.of(false))
        .run(new float[][] {x, y}, new int[2], x.length);
    return y;
  }
}
