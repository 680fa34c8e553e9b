package org.charrnn.accel.java.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.charrnn.graph.Operands;

/**
 * An expression and its operands as rows on which a kernel runs. Where rows are contiguous and all
 * operands have the shape of the results or are scalars, the elements can be one long row.
 */
final class ElementRows {

  /** Integers of two cache lines, so that no other thread writes to the lines of an array. */
  private static final int LINE = 32;

  private final Operand[] values; // operands and then results
  private final boolean[] scalar; // of each value
  private final int rows;
  private final int columns;
  private final ElementKernel[] kernels; // of each worker
  private final float[][][] arrays; // of each worker and value
  private final int[][] starts; // of each worker and value

  /**
   * Prepares an expression.
   *
   * @param flat whether all elements are one row, see {@link #canBeFlat}
   * @param workers the number of threads that run rows
   */
  ElementRows(
      Operands.Elementwise<Operand> elementwise, boolean flat, ElementKernels source, int workers) {
    Operand result = elementwise.results().getFirst();
    this.rows = flat ? 1 : result.rows();
    this.columns = flat ? result.elements() : result.columns();
    this.values = values(elementwise).toArray(Operand[]::new);
    this.scalar = new boolean[values.length];
    List<Boolean> scalars = new ArrayList<>();
    for (int i = 0; i < elementwise.operands().size(); i++) {
      scalar[i] = (flat ? values[i].elements() : values[i].columns()) == 1 && columns > 1;
      scalars.add(scalar[i]);
    }
    this.kernels = new ElementKernel[workers];
    Arrays.setAll(kernels, _ -> source.kernel(elementwise.expression(), scalars, columns));
    this.arrays = new float[workers][values.length][];
    this.starts = new int[workers][values.length + LINE];
  }

  static boolean canBeFlat(Operands.Elementwise<Operand> elementwise) {
    Operand result = elementwise.results().getFirst();
    return result.matrix().isContiguous()
        && values(elementwise).stream()
            .allMatch(value -> value.elements() == 1 || value.elements() == result.elements());
  }

  private static List<Operand> values(Operands.Elementwise<Operand> elementwise) {
    List<Operand> all = new ArrayList<>(elementwise.operands());
    all.addAll(elementwise.results());
    return all;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /**
   * Computes some elements of a row.
   *
   * @param t the iteration of the surrounding loop
   * @param from the first column
   * @param count the number of columns
   */
  @SuppressWarnings("ReferenceEquality") // the same array, not equal elements
  void run(int worker, int t, int row, int from, int count) {
    float[][] array = arrays[worker];
    int[] start = starts[worker];
    for (int i = 0; i < values.length; i++) {
      Operand value = values[i];
      int repeated = row < value.rows() ? row : row % value.rows(); // a division is slow
      float[] ofRow = value.array(repeated, t);
      // The garbage collector's record of a store is slow if threads share its cache line.
      if (array[i] != ofRow) {
        array[i] = ofRow;
      }
      start[i] = value.start(repeated, t) + (scalar[i] ? 0 : from);
    }
    kernels[worker].run(array, start, count);
  }
}
