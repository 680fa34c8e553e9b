package org.charrnn.accel.java.rows;

import java.util.List;
import org.charrnn.graph.Op;

/** An expression applied in place to the rows of tables that a list names. */
final class UpdateRowsStep implements Step {

  private final Operand rows;
  private final List<Operand> operands;
  private final List<Operand> results;
  private final boolean[] table; // of each operand, whether it is read at the row that is named
  private final RowLoop loop;
  private final float[][] values; // a row of each operand
  private final float[][] targets; // and of each result

  UpdateRowsStep(
      Op.UpdateRows op,
      Operand rows,
      List<Operand> operands,
      List<Operand> results,
      RowLoops loops) {
    this.rows = rows;
    this.operands = operands;
    this.results = results;
    this.table = new boolean[operands.size()];
    op.tables().forEach(index -> table[index] = true);
    Operand result = results.getFirst();
    this.loop = loops.of(op.expression(), RowLoops.numbers(operands, result), result.columns());
    this.values = new float[operands.size()][];
    this.targets = new float[results.size()][];
  }

  @Override
  public void run(int time) {
    int first = rows.firstId(time);
    for (int i = 0; i < rows.elements(); i++) {
      int row = rows.ids()[first + i];
      if (row >= 0) {
        update(i, row, time);
      }
    }
  }

  private void update(int i, int row, int time) {
    for (int o = 0; o < table.length; o++) {
      values[o] = operands.get(o).repeated(table[o] ? row : i, time);
    }
    for (int r = 0; r < targets.length; r++) {
      targets[r] = results.get(r).repeated(row, time);
    }
    loop.run(values, targets, results.getFirst().columns());
  }
}
