package org.charrnn.accel.java.rows;

import java.util.List;
import org.charrnn.graph.Op;

/** An expression applied in place to the rows of tables that a list names. */
final class UpdateRowsStep implements Step {

  private final Operand rows;
  private final List<Operand> operands;
  private final List<Operand> results;
  private final boolean[]
      table; // of each operand, whether it is read at the row that the list names
  private final Evaluator evaluator;
  private final float[][] targets;

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
    this.evaluator = new Evaluator(op.expression(), operands, results.getFirst().columns(), loops);
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
      Operand operand = operands.get(o);
      evaluator.operand(o, operand.repeated(table[o] ? row : i, time));
    }
    for (int r = 0; r < targets.length; r++) {
      targets[r] = results.get(r).repeated(row, time);
    }
    evaluator.run(targets);
  }
}
