package org.charrnn.accel.java.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.charrnn.accel.java.team.Team;

/**
 * Sums to a smaller shape. Threads share out rows, since a processor fetches ahead what is read
 * from end to end. Where the result has a single column, each row is summed first, and then the
 * sums of rows are added in order, in double. Else rows are added to one another, a large operand
 * in groups of rows first, as many for any number of threads, and then the sums of the groups in
 * order.
 */
final class SumStep implements Step, Team.Task {

  private static final long WORTH_SHARING = 1 << 17;

  private static final int MOST_GROUPS = 16;

  /** So that the sums of the groups take little memory beside the operand. */
  private static final int ROWS_WORTH_A_GROUP = 8;

  private final View operand;
  private final View result;
  private final Workers workers;
  private final boolean acrossColumns;
  private final boolean shared;
  private final double[] sums; // of rows
  private final float[][] lanes; // of each thread
  private final float[][] groups; // sums of groups of rows
  private int step;

  SumStep(View operand, View result, Workers workers) {
    this.operand = operand;
    this.result = result;
    this.workers = workers;
    this.acrossColumns = result.columns() == 1;
    this.shared = operand.elements() >= WORTH_SHARING;
    this.sums = new double[acrossColumns ? operand.rows() : 0];
    this.lanes = new float[workers.team().size()][4 * Lanes.COUNT];
    int times = operand.rows() / result.rows();
    int count = shared ? Math.clamp(times / ROWS_WORTH_A_GROUP, 1, MOST_GROUPS) : 1;
    this.groups = new float[acrossColumns ? 0 : count][result.elements()];
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, shared);
    if (acrossColumns) {
      addRows();
    } else {
      addGroups();
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
      int end = groups.length * (part + 1) / parts;
      for (int group = groups.length * part / parts; group < end; group++) {
        addGroup(group);
      }
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

  private void addGroup(int group) {
    float[] target = groups[group];
    int size = target.length;
    int times = operand.rows() / result.rows();
    int end = (int) ((long) times * (group + 1) / groups.length);
    Arrays.fill(target, 0);
    for (int i = (int) ((long) times * group / groups.length); i < end; i++) {
      add(operand.floats(), operand.offset(step) + i * size, target, 0, size);
    }
  }

  private void addGroups() {
    float[] target = result.floats();
    int start = result.offset(step);
    System.arraycopy(groups[0], 0, target, start, result.elements());
    for (int group = 1; group < groups.length; group++) {
      add(groups[group], 0, target, start, result.elements());
    }
  }

  /** {@code y += x} for some elements. */
  static void add(float[] x, int xOffset, float[] y, int yOffset, int count) {
    int j = 0;
    for (; j + Lanes.COUNT <= count; j += Lanes.COUNT) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, y, yOffset + j);
      sum.add(FloatVector.fromArray(Lanes.SPECIES, x, xOffset + j)).intoArray(y, yOffset + j);
    }
    for (; j < count; j++) {
      y[yOffset + j] += x[xOffset + j];
    }
  }
}
