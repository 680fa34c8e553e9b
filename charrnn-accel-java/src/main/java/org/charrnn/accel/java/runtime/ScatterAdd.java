package org.charrnn.accel.java.runtime;

import java.util.Arrays;
import org.charrnn.graph.Operands;

/**
 * Adds rows to rows of a table, in the order of the ids. One thread: it reads sequentially, which
 * takes two threads longer than one.
 */
final class ScatterAdd implements Task {

  private final Operand values;
  private final Operand ids;
  private final Operand result;
  private final RowMath math;

  ScatterAdd(Operands.ScatterAdd<Operand> scatter, RowMath math) {
    this.values = scatter.values();
    this.ids = scatter.ids();
    this.result = scatter.result();
    this.math = math;
  }

  @Override
  public void run(int t) {
    int columns = result.columns();
    for (int row = 0; row < result.rows(); row++) {
      int start = result.start(row, t);
      Arrays.fill(result.array(row, t), start, start + columns, 0);
    }
    for (int i = 0; i < ids.elements(); i++) {
      int row = ids.ids()[ids.firstId(t) + i];
      if (row >= 0) {
        math.add(
            values.array(i, t),
            values.start(i, t),
            result.array(row, t),
            result.start(row, t),
            columns);
      }
    }
  }
}
