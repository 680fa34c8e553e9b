package org.charrnn.accel.java.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;

/**
 * An expression applied in place to the rows of tables that a list names. Workers take the rows of
 * the list round-robin, since it may end with entries that name none.
 */
final class UpdateRows extends SplitTask {

  private final Operand ids;
  private final Operand[] values; // operands and then results
  private final boolean[] table; // whether a value is in the row that the list names
  private final int columns;
  private final ElementKernel[] kernels; // of each worker
  private final float[][][] arrays; // of each worker and value
  private final int[][] starts; // of each worker and value

  UpdateRows(Operands.UpdateRows<Operand> update, ElementKernels source, WorkerTeam team) {
    int width = update.results().getFirst().columns();
    super(
        team, source.isWorthSplitting(update.expression(), (long) update.ids().elements() * width));
    this.ids = update.ids();
    this.columns = width;
    List<Operand> all = new ArrayList<>(update.operands());
    all.addAll(update.results());
    this.values = all.toArray(Operand[]::new);
    this.table = new boolean[values.length];
    Arrays.fill(table, update.operands().size(), values.length, true);
    update.tables().forEach(operand -> table[operand] = true);
    List<Boolean> scalars =
        update.operands().stream().map(value -> value.columns() == 1 && columns > 1).toList();
    this.kernels = new ElementKernel[parts()];
    Arrays.setAll(kernels, _ -> source.kernel(update.expression(), scalars, columns));
    this.arrays = new float[parts()][values.length][];
    this.starts = new int[parts()][values.length];
  }

  @Override
  public void run(int worker, int workers) {
    int count = ids.elements();
    int first = ids.firstId(t);
    for (int i = worker; i < count; i += workers) {
      int row = ids.ids()[first + i];
      if (row >= 0) {
        update(worker, i, row);
      }
    }
  }

  private void update(int worker, int i, int row) {
    float[][] array = arrays[worker];
    int[] start = starts[worker];
    for (int v = 0; v < start.length; v++) {
      int source = table[v] ? row : i % values[v].rows();
      array[v] = values[v].array(source, t);
      start[v] = values[v].start(source, t);
    }
    kernels[worker].run(array, start, columns);
  }
}
