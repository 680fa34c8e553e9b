package org.charrnn.accel.java.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.charrnn.accel.java.team.Team;

/**
 * Sums to a smaller shape. Columns are summed side by side, each in the order of the rows; threads
 * share out columns. Where the result has a single column, each row is summed first, threads
 * sharing out rows, and then the sums of rows are added in order, in double.
 */
final class SumStep implements Step, Team.Task {

  private static final long WORTH_SHARING = 1 << 17;

  private final View operand;
  private final View result;
  private final Workers workers;
  private final boolean acrossColumns;
  private final double[] sums; // of rows
  private final float[][] lanes; // of each thread
  private int step;

  SumStep(View operand, View result, Workers workers) {
    this.operand = operand;
    this.result = result;
    this.workers = workers;
    this.acrossColumns = result.columns() == 1;
    this.sums = new double[acrossColumns ? operand.rows() : 0];
    this.lanes = new float[workers.team().size()][4 * Lanes.COUNT];
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, operand.elements() >= WORTH_SHARING);
    if (acrossColumns) {
      addRows();
    }
  }

  @Override
  public void run(int part, int parts) {
    if (acrossColumns) {
      int columns = operand.columns();
      int end = (int) ((long) operand.rows() * (part + 1) / parts);
      for (int row = (int) ((long) operand.rows() * part / parts); row < end; row++) {
        sums[row] =
            CrossEntropyStep.sum(
                operand.floats(), operand.offset(step) + row * columns, columns, lanes[part]);
      }
    } else {
      int vectors = Blocking.divideUp(result.columns(), Lanes.COUNT);
      addColumns(
          vectors * part / parts * Lanes.COUNT,
          Math.min(result.columns(), vectors * (part + 1) / parts * Lanes.COUNT));
    }
  }

  private void addRows() {
    float[] target = result.floats();
    int to = result.offset(step);
    int count = result.rows();
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int row = i; row < sums.length; row += count) {
        sum += sums[row];
      }
      target[to + i] = (float) sum;
    }
  }

  private void addColumns(int from, int to) {
    int columns = result.columns();
    for (int i = 0; i < result.rows(); i++) {
      int target = result.offset(step) + i * columns;
      Arrays.fill(result.floats(), target + from, target + to, 0);
      for (int row = i; row < operand.rows(); row += result.rows()) {
        add(
            operand.floats(),
            operand.offset(step) + row * columns,
            result.floats(),
            target,
            from,
            to);
      }
    }
  }

  /** {@code y += x} for some columns. */
  static void add(float[] x, int xOffset, float[] y, int yOffset, int from, int to) {
    int j = from;
    for (; j + Lanes.COUNT <= to; j += Lanes.COUNT) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, y, yOffset + j);
      sum.add(FloatVector.fromArray(Lanes.SPECIES, x, xOffset + j)).intoArray(y, yOffset + j);
    }
    for (; j < to; j++) {
      y[yOffset + j] += x[xOffset + j];
    }
  }
}
