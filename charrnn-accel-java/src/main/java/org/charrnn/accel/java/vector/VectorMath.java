package org.charrnn.accel.java.vector;

import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.runtime.ElementKernel;
import org.charrnn.accel.java.runtime.RowMath;
import org.charrnn.accel.java.vector.choice.Extremes;
import org.charrnn.accel.java.vector.expression.ExpressionEmitter;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.Expression.Term;
import org.charrnn.graph.expression.UnaryFunction;

/** Loops over a row in vectors. */
final class VectorMath implements RowMath {

  private static final Expression EXP_OF_DIFFERENCE =
      new Expression(
          2,
          List.of(
              new Term.Binary(BinaryFunction.SUBTRACT, 0, 1), new Term.Unary(UnaryFunction.EXP, 2)),
          List.of(3));

  private final ElementKernel expOfDifference;
  private final ElementKernel product;
  private final float[] lanes = new float[4 * Lanes.COUNT];
  private final float[] scalar = new float[1];
  private final float[][] arrays = new float[3][];
  private final int[] starts = new int[3];

  VectorMath(ExpressionEmitter expressions) {
    List<Boolean> scalars = List.of(false, true);
    this.expOfDifference = expressions.loop(EXP_OF_DIFFERENCE, scalars);
    this.product = expressions.loop(Expression.of(BinaryFunction.MULTIPLY), scalars);
  }

  /** The maximum of the elements that are not NaN; NaN shows in the sum of the exponentials. */
  @Override
  public float maximum(float[] x, int start, int count) {
    return Extremes.maximum(x, start, count);
  }

  /**
   * Each lane of four vectors adds its elements in single precision, a sixty-fourth of the row; the
   * lanes are added in double precision.
   */
  @Override
  public double sum(float[] x, int start, int count) {
    FloatVector a = FloatVector.zero(Lanes.SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i + 4 * Lanes.COUNT <= count; i += 4 * Lanes.COUNT) {
      a = a.add(FloatVector.fromArray(Lanes.SPECIES, x, start + i));
      b = b.add(FloatVector.fromArray(Lanes.SPECIES, x, start + i + Lanes.COUNT));
      c = c.add(FloatVector.fromArray(Lanes.SPECIES, x, start + i + 2 * Lanes.COUNT));
      d = d.add(FloatVector.fromArray(Lanes.SPECIES, x, start + i + 3 * Lanes.COUNT));
    }
    a.intoArray(lanes, 0);
    b.intoArray(lanes, Lanes.COUNT);
    c.intoArray(lanes, 2 * Lanes.COUNT);
    d.intoArray(lanes, 3 * Lanes.COUNT);
    double sum = 0;
    for (float lane : lanes) {
      sum += lane;
    }
    for (; i < count; i++) {
      sum += x[start + i];
    }
    return sum;
  }

  @Override
  public void exp(float[] x, int xStart, float shift, float[] y, int yStart, int count) {
    apply(expOfDifference, x, xStart, shift, y, yStart, count);
  }

  @Override
  public void scale(float[] x, int start, int count, float factor) {
    apply(product, x, start, factor, x, start, count);
  }

  private void apply(
      ElementKernel kernel, float[] x, int xStart, float number, float[] y, int yStart, int count) {
    scalar[0] = number;
    arrays[0] = x;
    arrays[1] = scalar;
    arrays[2] = y;
    starts[0] = xStart;
    starts[2] = yStart;
    kernel.run(arrays, starts, count);
  }

  @Override
  public void add(float[] x, int xStart, float[] y, int yStart, int count) {
    int j = 0;
    for (; j + Lanes.COUNT <= count; j += Lanes.COUNT) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, y, yStart + j);
      sum.add(FloatVector.fromArray(Lanes.SPECIES, x, xStart + j)).intoArray(y, yStart + j);
    }
    for (; j < count; j++) {
      y[yStart + j] += x[xStart + j];
    }
  }
}
