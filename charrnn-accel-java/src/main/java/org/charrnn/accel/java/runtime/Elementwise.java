package org.charrnn.accel.java.runtime;

import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;

/**
 * An expression applied to each element. If the elements are one long row, the team splits its
 * columns; else the kernel runs once for each row, and the team splits the rows.
 */
final class Elementwise extends SplitTask {

  private final ElementRows elements;
  private final boolean flat;
  private final int width;

  Elementwise(Operands.Elementwise<Operand> elementwise, ElementKernels source, WorkerTeam team) {
    Operand result = elementwise.results().getFirst();
    super(team, source.isWorthSplitting(elementwise.expression(), result.elements()));
    this.flat = ElementRows.canBeFlat(elementwise);
    this.width = source.width();
    this.elements = new ElementRows(elementwise, flat, source, parts());
  }

  @Override
  public void run(int worker, int workers) {
    if (flat) {
      int columns = elements.columns();
      int groups = Math.ceilDiv(columns, width);
      int from = WorkSplit.start(groups, worker, workers) * width;
      int to = Math.min(columns, WorkSplit.start(groups, worker + 1, workers) * width);
      elements.run(worker, t, 0, from, to - from);
    } else {
      int end = WorkSplit.start(elements.rows(), worker + 1, workers);
      for (int row = WorkSplit.start(elements.rows(), worker, workers); row < end; row++) {
        elements.run(worker, t, row, 0, elements.columns());
      }
    }
  }
}
