package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.runtime.ElementKernel;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * Applies an expression to rows, a piece of a row at a time, each term as one simple loop.
 * Intermediate values stay in the first-level cache.
 *
 * <p>All loops run at the index of the column, for the reason that {@link
 * org.charrnn.accel.java.rows} gives.
 *
 * <p><b>Thread safety.</b> None; each worker has its own.
 */
final class Evaluator implements ElementKernel {

  private static final int PIECE = 1024;

  private final Expression.Term[] terms;
  private final int[] results;
  private final float[][] scalars; // of each operand that is a scalar, a row of it
  private final float[][] values; // operands and then terms
  private final PlainMath math;

  /**
   * Prepares an expression.
   *
   * @param isScalar for each operand whether all elements see the same number
   * @param columns the most columns of a row
   */
  Evaluator(Expression expression, List<Boolean> isScalar, int columns) {
    this.terms = expression.terms().toArray(Expression.Term[]::new);
    this.results = expression.results().stream().mapToInt(Integer::intValue).toArray();
    this.math = new PlainMath(columns);
    this.scalars = new float[isScalar.size()][];
    for (int i = 0; i < scalars.length; i++) {
      scalars[i] = new float[isScalar.get(i) ? columns : 0];
    }
    this.values = new float[scalars.length + terms.length][];
    for (int i = 0; i < terms.length; i++) {
      values[scalars.length + i] = new float[columns];
      if (terms[i] instanceof Expression.Term.Constant(double value)) {
        Arrays.fill(values[scalars.length + i], (float) value);
      }
    }
  }

  @Override
  public void run(float[][] arrays, int[] starts, int columns) {
    for (int i = 0; i < scalars.length; i++) {
      values[i] = scalars[i].length == 0 ? arrays[i] : filled(scalars[i], arrays[i][0]);
    }
    for (int from = 0; from < columns; from += PIECE) {
      int to = Math.min(columns, from + PIECE); // a piece is read before it is written
      for (int i = 0; i < terms.length; i++) {
        apply(terms[i], values[scalars.length + i], from, to);
      }
      for (int i = 0; i < results.length; i++) {
        System.arraycopy(values[results[i]], from, arrays[scalars.length + i], from, to - from);
      }
    }
  }

  private static float[] filled(float[] row, float number) {
    Arrays.fill(row, number);
    return row;
  }

  private void apply(Expression.Term term, float[] y, int from, int to) {
    switch (term) {
      case Expression.Term.Constant _ -> {} // filled when the expression was prepared
      case Expression.Term.Unary(UnaryFunction function, int a) ->
          unary(function, values[a], y, from, to);
      case Expression.Term.Binary(BinaryFunction function, int a, int b) ->
          binary(function, values[a], values[b], y, from, to);
    }
  }

  private void unary(UnaryFunction function, float[] a, float[] y, int from, int to) {
    switch (function) {
      case IDENTITY -> System.arraycopy(a, from, y, from, to - from);
      case NEGATE -> {
        for (int j = from; j < to; j++) {
          y[j] = -a[j];
        }
      }
      case SQRT -> {
        for (int j = from; j < to; j++) {
          y[j] = (float) Math.sqrt(a[j]);
        }
      }
      case EXP -> math.exp(a, y, from, to);
      case LOG -> PlainMath.log(a, y, from, to);
      case TANH -> math.tanh(a, y, from, to);
      case SIGMOID -> math.sigmoid(a, y, from, to);
    }
  }

  private static void binary(
      BinaryFunction function, float[] a, float[] b, float[] y, int from, int to) {
    switch (function) {
      case ADD -> {
        for (int j = from; j < to; j++) {
          y[j] = a[j] + b[j];
        }
      }
      case SUBTRACT -> {
        for (int j = from; j < to; j++) {
          y[j] = a[j] - b[j];
        }
      }
      case MULTIPLY -> {
        for (int j = from; j < to; j++) {
          y[j] = a[j] * b[j];
        }
      }
      case DIVIDE -> {
        for (int j = from; j < to; j++) {
          y[j] = a[j] / b[j];
        }
      }
      case MAXIMUM -> {
        for (int j = from; j < to; j++) {
          y[j] = Math.max(a[j], b[j]);
        }
      }
      case MINIMUM -> {
        for (int j = from; j < to; j++) {
          y[j] = Math.min(a[j], b[j]);
        }
      }
      case GREATER -> {
        for (int j = from; j < to; j++) {
          y[j] = a[j] > b[j] ? 1 : 0;
        }
      }
    }
  }
}
