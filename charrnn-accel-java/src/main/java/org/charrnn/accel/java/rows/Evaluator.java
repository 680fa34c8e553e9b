package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * Applies an expression to rows: in a loop that was written for it, or else a piece of a row at a
 * time, each term as one simple loop. What terms hand to one another then stays in the first-level
 * cache.
 *
 * <p>All loops run at the column's own index, for the reason that {@link
 * org.charrnn.accel.java.rows} gives.
 *
 * <p><b>Thread safety.</b> None; each thread has its own.
 */
final class Evaluator {

  private static final int PIECE = 1024;

  private final Expression expression;
  private final Expression.Term[] terms;
  private final int[] results;
  private final boolean[] numbers; // of each operand, whether all columns see the same number
  private final float[][] values; // operands and then terms
  private final int columns;
  private final Functions functions;
  private final @Nullable RowLoop loop; // that does it all

  /**
   * Prepares an expression.
   *
   * @param operands the operands, some of which have a single column
   * @param columns those of the results
   */
  Evaluator(Expression expression, List<Operand> operands, int columns, RowLoops loops) {
    this.expression = expression;
    this.terms = expression.terms().toArray(Expression.Term[]::new);
    this.results = expression.results().stream().mapToInt(Integer::intValue).toArray();
    this.columns = columns;
    this.functions = new Functions(columns);
    this.numbers = new boolean[operands.size()];
    List<Boolean> isNumber = operands.stream().map(o -> o.columns() == 1 && columns > 1).toList();
    this.loop = loops.loop(expression, isNumber, columns).orElse(null);
    this.values = new float[operands.size() + (loop == null ? terms.length : 0)][];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = isNumber.get(i);
      values[i] = new float[numbers[i] ? columns : 0];
    }
    if (loop == null) {
      makeRoom();
    }
  }

  private void makeRoom() {
    for (int i = 0; i < terms.length; i++) {
      values[numbers.length + i] = new float[columns];
      if (terms[i].primitive() == Primitive.CONSTANT) {
        Arrays.fill(values[numbers.length + i], (float) terms[i].constant());
      }
    }
  }

  /** Sets the row of an operand. */
  void operand(int index, float[] row) {
    if (numbers[index] && loop == null) {
      Arrays.fill(values[index], row[0]);
    } else {
      values[index] = row;
    }
  }

  /** Computes a row; results may be operands, since a piece is read before it is written. */
  void run(float[][] targets) {
    if (loop != null) {
      loop.run(values, targets, columns);
      return;
    }
    for (int from = 0; from < columns; from += PIECE) {
      int to = Math.min(columns, from + PIECE);
      for (int i = 0; i < terms.length; i++) {
        Expression.Term term = terms[i];
        apply(term, values[expression.operands() + i], from, to);
      }
      for (int i = 0; i < results.length; i++) {
        System.arraycopy(values[results[i]], from, targets[i], from, to - from);
      }
    }
  }

  private void apply(Expression.Term term, float[] y, int from, int to) {
    switch (term.primitive().operands()) {
      case 0 -> {} // numbers are there from the beginning
      case 1 -> unary(term.primitive(), values[term.left()], y, from, to);
      default -> binary(term.primitive(), values[term.left()], values[term.right()], y, from, to);
    }
  }

  private void unary(Primitive primitive, float[] a, float[] y, int from, int to) {
    switch (primitive) {
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
      default -> throw new IllegalStateException("not a function of one number: " + primitive);
    }
  }

  private static void binary(
      Primitive primitive, float[] a, float[] b, float[] y, int from, int to) {
    switch (primitive) {
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
      default -> throw new IllegalStateException("not a function of two numbers: " + primitive);
    }
  }
}
