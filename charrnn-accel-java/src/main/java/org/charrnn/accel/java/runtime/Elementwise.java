package org.charrnn.accel.java.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.charrnn.graph.Operands;

/**
 * An expression applied to each element. Where rows are contiguous and all operands have the shape
 * of the results or are scalars, the elements are one long row, of which the team splits the
 * columns; else the kernel runs once for each row, and the team splits the rows.
 */
final class Elementwise extends SplitTask {

  private final Operand[] values; // operands and then results
  private final boolean[] scalar; // of each value
  private final boolean flat;
  private final int rows;
  private final int columns;
  private final int width;
  private final ElementKernel[] kernels; // of each worker
  private final float[][][] arrays; // of each worker and value
  private final int[][] starts; // of each worker and value

  Elementwise(Operands.Elementwise<Operand> elementwise, ElementKernels source, WorkerTeam team) {
    Operand result = elementwise.results().getFirst();
    super(team, source.isWorthSplitting(elementwise.expression(), result.elements()));
    List<Operand> all = new ArrayList<>(elementwise.operands());
    all.addAll(elementwise.results());
    this.flat =
        result.matrix().isContiguous()
            && all.stream().allMatch(v -> v.elements() == 1 || v.elements() == result.elements());
    this.rows = flat ? 1 : result.rows();
    this.columns = flat ? result.elements() : result.columns();
    this.width = source.width();
    this.values = all.toArray(Operand[]::new);
    this.scalar = new boolean[values.length];
    List<Boolean> scalars = new ArrayList<>();
    for (int i = 0; i < elementwise.operands().size(); i++) {
      scalar[i] = (flat ? values[i].elements() : values[i].columns()) == 1 && columns > 1;
      scalars.add(scalar[i]);
    }
    this.kernels = new ElementKernel[parts()];
    Arrays.setAll(kernels, _ -> source.kernel(elementwise.expression(), scalars, columns));
    this.arrays = new float[parts()][values.length][];
    this.starts = new int[parts()][values.length];
  }

  @Override
  public void run(int worker, int workers) {
    if (flat) {
      int groups = Math.ceilDiv(columns, width);
      int from = WorkSplit.start(groups, worker, workers) * width;
      int to = Math.min(columns, WorkSplit.start(groups, worker + 1, workers) * width);
      runRow(worker, 0, from, to - from);
    } else {
      int end = WorkSplit.start(rows, worker + 1, workers);
      for (int row = WorkSplit.start(rows, worker, workers); row < end; row++) {
        runRow(worker, row, 0, columns);
      }
    }
  }

  private void runRow(int worker, int row, int from, int count) {
    float[][] array = arrays[worker];
    int[] start = starts[worker];
    for (int i = 0; i < start.length; i++) {
      Operand value = values[i];
      int repeated = row < value.rows() ? row : row % value.rows(); // a division is slow
      array[i] = value.array(repeated, t);
      start[i] = value.start(repeated, t) + (scalar[i] ? 0 : from);
    }
    kernels[worker].run(array, start, count);
  }
}
