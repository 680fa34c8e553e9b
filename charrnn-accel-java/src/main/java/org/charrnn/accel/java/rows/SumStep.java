package org.charrnn.accel.java.rows;

import java.util.Arrays;

/**
 * A sum over repetitions, in the order of the rows. What becomes a single column is added up in
 * double precision.
 */
final class SumStep implements Step {

  private final Operand operand;
  private final Operand result;
  private final double[] sums; // of the rows of a result of one column

  SumStep(Operand operand, Operand result) {
    this.operand = operand;
    this.result = result;
    this.sums = new double[isOneColumn() ? result.rows() : 0];
  }

  private boolean isOneColumn() {
    return result.columns() == 1;
  }

  @Override
  public void run(int time) {
    if (isOneColumn()) {
      sumRows(time);
    } else {
      addRows(time);
    }
  }

  private void sumRows(int time) {
    Arrays.fill(sums, 0);
    for (int row = 0; row < operand.rows(); row++) {
      sums[row % sums.length] += CrossEntropyStep.sum(operand.floats()[operand.first(time) + row]);
    }
    for (int row = 0; row < sums.length; row++) {
      result.floats()[result.first(time) + row][0] = (float) sums[row];
    }
  }

  private void addRows(int time) {
    for (int row = 0; row < result.rows(); row++) {
      Arrays.fill(result.floats()[result.first(time) + row], 0);
    }
    for (int row = 0; row < operand.rows(); row++) {
      add(operand.floats()[operand.first(time) + row], result.repeated(row, time));
    }
  }

  /** {@code y += x}. */
  static void add(float[] x, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += x[j];
    }
  }
}
