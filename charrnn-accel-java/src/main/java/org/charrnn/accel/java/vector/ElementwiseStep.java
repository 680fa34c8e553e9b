package org.charrnn.accel.java.vector;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Expression;

/**
 * An expression applied to each element. Where all operands have the shape of the results or are a
 * single number, the elements are one long row; else the loop runs once for each row.
 */
final class ElementwiseStep implements Step, Team.Task {

  /**
   * Vector instructions, counted for each element, that take some ten times as long as handing a
   * share to another thread.
   */
  private static final long WORTH_SHARING = 1 << 18;

  private final List<View> views; // operands and then results
  private final List<Boolean> numbers; // of each view
  private final ElementKernel[] kernels; // of each thread
  private final Workers workers;
  private final float[][] memory;
  private final int[][] offsets; // of each thread
  private final int rows;
  private final int columns;
  private final boolean shared;
  private int step;

  ElementwiseStep(Expression expression, List<View> operands, List<View> results, Workers workers) {
    View result = results.getFirst();
    boolean flat =
        operands.stream()
            .allMatch(view -> view.elements() == 1 || view.elements() == result.elements());
    this.rows = flat ? 1 : result.rows();
    this.columns = flat ? result.elements() : result.columns();
    this.views = new ArrayList<>(operands);
    views.addAll(results);
    this.numbers = views.stream().map(this::isNumber).toList();
    this.kernels = workers.kernels(expression, numbers.subList(0, operands.size()));
    this.workers = workers;
    this.memory = views.stream().map(View::floats).toArray(float[][]::new);
    this.offsets = new int[workers.team().size()][views.size()];
    this.shared = (long) result.elements() * ExpressionPieces.length(expression) >= WORTH_SHARING;
  }

  /** Whether a row of results sees only one element of this operand. */
  private boolean isNumber(View view) {
    int seen = rows == 1 ? view.elements() : view.columns();
    return seen == 1 && columns > 1;
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, shared);
  }

  @Override
  public void run(int part, int parts) {
    if (rows == 1) {
      int vectors = Blocking.divideUp(columns, Lanes.COUNT);
      int from = vectors * part / parts * Lanes.COUNT;
      int to = Math.min(columns, vectors * (part + 1) / parts * Lanes.COUNT);
      runRow(part, 0, from, to - from);
    } else {
      int end = (int) ((long) rows * (part + 1) / parts);
      for (int row = (int) ((long) rows * part / parts); row < end; row++) {
        runRow(part, row, 0, columns);
      }
    }
  }

  private void runRow(int part, int row, int from, int count) {
    int[] offset = offsets[part];
    for (int i = 0; i < offset.length; i++) {
      View view = views.get(i);
      int start = rows == 1 ? 0 : row % view.rows() * view.columns();
      offset[i] = view.offset(step) + start + (numbers.get(i) ? 0 : from);
    }
    kernels[part].run(memory, offset, count);
  }
}
