package org.charrnn.accel.java.rows;

import java.util.Arrays;

/**
 * Some rows of the right operand of a product, {@code [k, n]}, in the order in which a {@link Tile}
 * reads them: for each block of columns one array for every three rows, the last filled up with
 * zeros.
 */
final class PackedRight {

  /** Rows that are turned at a time where the operand is stored transposed: about a cache line. */
  private static final int ROWS_AT_ONCE = 15;

  private final Operand source;
  private final boolean transposed;
  private final int n;
  private final int groups;
  private final float[][] arrays; // [block * groups + group], perhaps more

  /**
   * Prepares to pack.
   *
   * @param depth the rows that are packed at a time
   * @param arrays where to, at least {@link #arrays} of {@link Tile#SIZE}
   */
  PackedRight(Operand source, boolean transposed, int depth, float[][] arrays) {
    this.source = source;
    this.transposed = transposed;
    this.n = transposed ? source.rows() : source.columns();
    this.groups = groups(depth);
    this.arrays = arrays;
  }

  private static int groups(int depth) {
    return (depth + Tile.TERMS - 1) / Tile.TERMS;
  }

  /** How many arrays it takes to pack {@code depth} rows of {@code n} columns. */
  static int arrays(int depth, int n) {
    return groups(depth) * ((n + Tile.COLUMNS - 1) / Tile.COLUMNS);
  }

  /** Rows {@code 3 * group} and on, counted from the first packed one, of a block of columns. */
  float[] array(int block, int group) {
    return arrays[block * groups + group];
  }

  /** Packs a share of rows {@code p} to {@code end}. */
  void pack(int time, int p, int end, int part, int parts) {
    int stretch = transposed ? ROWS_AT_ONCE : Tile.TERMS;
    int stretches = (end - p + stretch - 1) / stretch;
    for (int i = stretches * part / parts; i < stretches * (part + 1) / parts; i++) {
      int first = p + i * stretch;
      int last = Math.min(end, first + stretch);
      for (int column = 0; column < n; column += Tile.COLUMNS) {
        int columns = Math.min(Tile.COLUMNS, n - column);
        int index = column / Tile.COLUMNS * groups + i * stretch / Tile.TERMS;
        if (transposed) {
          turn(time, first, last, column, columns, index);
        } else {
          copy(time, first, last, column, columns, index);
        }
        clear(last - first, columns, index);
      }
    }
  }

  private void copy(int time, int first, int last, int column, int columns, int index) {
    for (int p = first; p < last; p++) {
      float[] row = source.floats()[source.first(time) + p];
      System.arraycopy(row, column, arrays[index], (p - first) * Tile.STRIDE, columns);
    }
  }

  private void turn(int time, int first, int last, int column, int columns, int index) {
    float[][] lines = source.floats();
    int line = source.first(time) + column;
    for (int p = first; p < last; p += Tile.TERMS) {
      float[] array = arrays[index + (p - first) / Tile.TERMS];
      if (p + Tile.TERMS <= last) {
        turnThree(lines, line, p, array, columns);
      } else {
        for (int row = p; row < last; row++) {
          for (int j = 0; j < columns; j++) {
            array[(row - p) * Tile.STRIDE + j] = lines[line + j][row];
          }
        }
      }
    }
  }

  private static void turnThree(float[][] lines, int line, int p, float[] array, int columns) {
    for (int j = 0; j < columns; j++) {
      float[] source = lines[line + j];
      array[j] = source[p];
      array[j + Tile.STRIDE] = source[p + 1];
      array[j + 2 * Tile.STRIDE] = source[p + 2];
    }
  }

  /** Rows that are missing in the last array. */
  private void clear(int rows, int columns, int index) {
    for (int row = rows; row % Tile.TERMS != 0; row++) {
      int from = row % Tile.TERMS * Tile.STRIDE;
      Arrays.fill(arrays[index + row / Tile.TERMS], from, from + columns, 0);
    }
  }
}
