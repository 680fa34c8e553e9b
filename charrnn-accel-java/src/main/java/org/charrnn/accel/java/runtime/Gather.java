package org.charrnn.accel.java.runtime;

import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;

/** Copies rows of a table. The team splits the ids. */
final class Gather extends SplitTask {

  private final Operand table;
  private final Operand ids;
  private final Operand result;

  Gather(Operands.Gather<Operand> gather, WorkerTeam team) {
    super(team, Rate.GATHER.isWorthSplitting(gather.result().elements()));
    this.table = gather.table();
    this.ids = gather.ids();
    this.result = gather.result();
  }

  @Override
  public void run(int worker, int workers) {
    int columns = table.columns();
    int end = WorkSplit.start(ids.elements(), worker + 1, workers);
    for (int i = WorkSplit.start(ids.elements(), worker, workers); i < end; i++) {
      int row = ids.ids()[ids.firstId(t) + i];
      System.arraycopy(
          table.array(row, t),
          table.start(row, t),
          result.array(i, t),
          result.start(i, t),
          columns);
    }
  }
}
