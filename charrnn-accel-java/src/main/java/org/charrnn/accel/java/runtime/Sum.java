package org.charrnn.accel.java.runtime;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;

/**
 * Sums to a smaller shape. The team splits rows, since a processor prefetches what is read
 * sequentially. Where the result has a single column, each row is summed first, and then the sums
 * of rows are added in order, in double precision. Otherwise rows are added to one another, a large
 * operand in groups of rows first, as many for any number of threads, and then the sums of the
 * groups in order.
 */
final class Sum extends SplitTask {

  /** The sums of the groups take little memory compared with the operand. */
  private static final int ROWS_WORTH_A_GROUP = 8;

  private final Operand operand;
  private final Operand result;
  private final boolean acrossColumns;
  private final RowMath[] math; // of each worker
  private final double[] sums; // of rows
  private final float[][][] groups; // sums of groups of rows, of the shape of the result

  /**
   * Prepares a sum.
   *
   * @param mostGroups the most groups of rows
   */
  Sum(Operands.Sum<Operand> sum, int mostGroups, IntFunction<RowMath> math, WorkerTeam team) {
    boolean large = Rate.SUM.isWorthSplitting(sum.operand().elements());
    super(team, large);
    this.operand = sum.operand();
    this.result = sum.result();
    this.acrossColumns = result.columns() == 1;
    this.math = new RowMath[parts()];
    Arrays.setAll(this.math, _ -> math.apply(operand.columns()));
    this.sums = new double[acrossColumns ? operand.rows() : 0];
    int count = large ? Math.clamp(repetitions() / ROWS_WORTH_A_GROUP, 1, mostGroups) : 1;
    this.groups = new float[acrossColumns ? 0 : count][result.rows()][result.columns()];
  }

  private int repetitions() {
    return operand.rows() / result.rows();
  }

  @Override
  public void run(int t) {
    super.run(t);
    if (acrossColumns) {
      addRows();
    } else {
      addGroups();
    }
  }

  @Override
  public void run(int worker, int workers) {
    if (acrossColumns) {
      int end = WorkSplit.start(operand.rows(), worker + 1, workers);
      for (int row = WorkSplit.start(operand.rows(), worker, workers); row < end; row++) {
        sums[row] =
            math[worker].sum(operand.array(row, t), operand.start(row, t), operand.columns());
      }
    } else {
      int end = WorkSplit.start(groups.length, worker + 1, workers);
      for (int group = WorkSplit.start(groups.length, worker, workers); group < end; group++) {
        addGroup(math[worker], group);
      }
    }
  }

  private void addRows() {
    int count = result.rows();
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int row = i; row < sums.length; row += count) {
        sum += sums[row];
      }
      result.set(i, t, (float) sum);
    }
  }

  private void addGroup(RowMath math, int group) {
    float[][] target = groups[group];
    for (float[] row : target) {
      Arrays.fill(row, 0);
    }
    int end = WorkSplit.start(repetitions(), group + 1, groups.length) * target.length;
    int first = WorkSplit.start(repetitions(), group, groups.length) * target.length;
    for (int row = first; row < end; row++) {
      float[] x = operand.array(row, t);
      math.add(x, operand.start(row, t), target[row % target.length], 0, operand.columns());
    }
  }

  private void addGroups() {
    int columns = result.columns();
    for (int row = 0; row < result.rows(); row++) {
      float[] target = result.array(row, t);
      int start = result.start(row, t);
      System.arraycopy(groups[0][row], 0, target, start, columns);
      for (int group = 1; group < groups.length; group++) {
        math[0].add(groups[group][row], 0, target, start, columns);
      }
    }
  }
}
