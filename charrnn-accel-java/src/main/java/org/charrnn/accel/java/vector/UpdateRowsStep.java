package org.charrnn.accel.java.vector;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Op;

/**
 * An expression applied in place to the rows of tables that a list names. Threads share out the
 * rows of the list by turns, since it may end with places that name none.
 */
final class UpdateRowsStep implements Step, Team.Task {

  private static final long WORTH_SHARING = 1 << 18;

  private final View rows;
  private final List<View> views; // operands and then results
  private final boolean[] table; // whether a view is read or written at the row that the list names
  private final ElementKernel[] kernels; // of each thread
  private final Workers workers;
  private final float[][] memory;
  private final int[][] offsets; // of each thread
  private final int columns;
  private final boolean shared;
  private int step;

  UpdateRowsStep(
      Op.UpdateRows op, View rows, List<View> operands, List<View> results, Workers workers) {
    this.rows = rows;
    this.columns = results.getFirst().columns();
    this.views = new ArrayList<>(operands);
    views.addAll(results);
    this.table = new boolean[views.size()];
    for (int i = 0; i < views.size(); i++) {
      table[i] = i >= operands.size() || op.tables().contains(i);
    }
    List<Boolean> numbers = new ArrayList<>();
    operands.forEach(view -> numbers.add(view.columns() == 1 && columns > 1));
    this.kernels = workers.kernels(op.expression(), numbers);
    this.workers = workers;
    this.memory = views.stream().map(View::floats).toArray(float[][]::new);
    this.offsets = new int[workers.team().size()][views.size()];
    this.shared =
        (long) rows.elements() * columns * op.expression().terms().size() >= WORTH_SHARING;
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, shared);
  }

  @Override
  public void run(int part, int parts) {
    int count = rows.elements();
    int first = rows.offset(step);
    for (int i = part; i < count; i += parts) {
      int row = rows.ids()[first + i];
      if (row >= 0) {
        update(part, i, row);
      }
    }
  }

  private void update(int part, int i, int row) {
    int[] offset = offsets[part];
    for (int v = 0; v < offset.length; v++) {
      View view = views.get(v);
      offset[v] = view.offset(step) + (table[v] ? row : i % view.rows()) * view.columns();
    }
    kernels[part].run(memory, offset, columns);
  }
}
