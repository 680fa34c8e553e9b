package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.Expression;
import org.charrnn.graph.UnaryFunction;

/**
 * Applies an expression to rows, a piece of a row at a time, each term as one simple loop. What
 * terms hand to one another stays in the first-level cache.
 *
 * <p>All loops run at the column's own index, for the reason that {@link
 * org.charrnn.accel.java.rows} gives.
 *
 * <p><b>Thread safety.</b> None; each thread has its own.
 */
final class Evaluator implements RowLoop {

  private static final int PIECE = 1024;

  private final Expression.Term[] terms;
  private final int[] results;
  private final float[][] numbers; // of each operand that is one, a row of it
  private final float[][] values; // operands and then terms
  private final Functions functions;

  /**
   * Prepares an expression.
   *
   * @param isNumber for each operand whether all columns see the same number
   * @param columns those of the results
   */
  Evaluator(Expression expression, List<Boolean> isNumber, int columns) {
    this.terms = expression.terms().toArray(Expression.Term[]::new);
    this.results = expression.results().stream().mapToInt(Integer::intValue).toArray();
    this.functions = new Functions(columns);
    this.numbers = new float[isNumber.size()][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = new float[isNumber.get(i) ? columns : 0];
    }
    this.values = new float[numbers.length + terms.length][];
    for (int i = 0; i < terms.length; i++) {
      values[numbers.length + i] = new float[columns];
      if (terms[i] instanceof Expression.Term.Constant(double value)) {
        Arrays.fill(values[numbers.length + i], (float) value);
      }
    }
  }

  @Override
  public void run(float[][] operands, float[][] targets, int columns) {
    for (int i = 0; i < numbers.length; i++) {
      values[i] = numbers[i].length == 0 ? operands[i] : filled(numbers[i], operands[i][0]);
    }
    for (int from = 0; from < columns; from += PIECE) {
      int to = Math.min(columns, from + PIECE); // a piece is read before it is written
      for (int i = 0; i < terms.length; i++) {
        apply(terms[i], values[numbers.length + i], from, to);
      }
      for (int i = 0; i < results.length; i++) {
        System.arraycopy(values[results[i]], from, targets[i], from, to - from);
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
      case EXP -> functions.exp(a, y, from, to);
      case LOG -> Functions.log(a, y, from, to);
      case TANH -> functions.tanh(a, y, from, to);
      case SIGMOID -> functions.sigmoid(a, y, from, to);
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
