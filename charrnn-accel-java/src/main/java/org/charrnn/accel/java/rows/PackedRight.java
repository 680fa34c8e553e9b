package org.charrnn.accel.java.rows;

import java.util.Arrays;

/**
 * Some rows of the right operand of a product, {@code [k, n]}, in the order in which a {@link Tile}
 * reads them: for each block of columns one array for as many rows as a tile has terms, the last
 * filled up with zeros.
 */
final class PackedRight {

  /** Arrays that are filled at a time where the operand is stored transposed: some cache lines. */
  private static final int GROUPS_AT_ONCE = 16;

  /** Lines of the source that are read side by side. */
  private static final int LINES_AT_ONCE = 8;

  /** Blocks of columns begin at multiples of as many as the longest vectors have. */
  private static final int ALIGNED = 16;

  private final Operand source;
  private final boolean transposed;
  private final int n;
  private final int terms;
  private final int groups;
  private final int blocks;
  private final int width;
  private final TileMemory memory;

  /**
   * Prepares to pack.
   *
   * @param depth the rows that are packed at a time
   * @param memory where to, {@link #arrays} of it
   */
  PackedRight(Operand source, boolean transposed, int depth, Tile tile, TileMemory memory) {
    this.source = source;
    this.transposed = transposed;
    this.n = transposed ? source.rows() : source.columns();
    this.terms = tile.terms();
    this.groups = divideUp(depth, terms);
    this.blocks = divideUp(n, Tile.COLUMNS);
    this.width = divideUp(divideUp(n, blocks), ALIGNED) * ALIGNED;
    this.memory = memory;
  }

  /** The columns of a block; the last one may have fewer. */
  int width() {
    return width;
  }

  /** How many arrays it takes to pack {@code depth} rows. */
  int arrays() {
    return groups * blocks;
  }

  /**
   * Rows {@code terms * group} and on, counted from the first packed one, of a block of columns.
   */
  float[] array(int block, int group) {
    return memory.packed(block * groups + group);
  }

  /** Packs a share of rows {@code p} to {@code end}. */
  void pack(int time, int p, int end, int part, int parts) {
    int stretch = transposed ? GROUPS_AT_ONCE * terms : terms;
    int stretches = divideUp(end - p, stretch);
    for (int i = stretches * part / parts; i < stretches * (part + 1) / parts; i++) {
      int first = p + i * stretch;
      int last = Math.min(end, first + stretch);
      int group = i * stretch / terms;
      for (int block = 0; block < blocks; block++) {
        if (transposed) {
          turn(time, first, last, block, group);
        } else {
          copy(time, first, last, block, group);
        }
        clear(last - first, block, group);
      }
    }
  }

  private int columns(int block) {
    return Math.min(width, n - block * width);
  }

  private void copy(int time, int first, int last, int block, int group) {
    for (int p = first; p < last; p++) {
      float[] row = source.floats()[source.first(time) + p];
      System.arraycopy(
          row, block * width, array(block, group), (p - first) * Tile.STRIDE, columns(block));
    }
  }

  private void turn(int time, int first, int last, int block, int group) {
    float[][] lines = source.floats();
    int line = source.first(time) + block * width;
    int columns = columns(block);
    int j = 0;
    for (; j + LINES_AT_ONCE <= columns; j += LINES_AT_ONCE) {
      turnLines(lines, line, j, first, last, block, group);
    }
    for (; j < columns; j++) {
      float[] source = lines[line + j];
      for (int p = first; p < last; p++) {
        array(block, group + (p - first) / terms)[(p - first) % terms * Tile.STRIDE + j] =
            source[p];
      }
    }
  }

  /** Turns eight lines, so that what is written lies together. */
  private void turnLines(
      float[][] lines, int line, int j, int first, int last, int block, int group) {
    float[] line0 = lines[line + j];
    float[] line1 = lines[line + j + 1];
    float[] line2 = lines[line + j + 2];
    float[] line3 = lines[line + j + 3];
    float[] line4 = lines[line + j + 4];
    float[] line5 = lines[line + j + 5];
    float[] line6 = lines[line + j + 6];
    float[] line7 = lines[line + j + 7];
    for (int p = first; p < last; p += terms) {
      float[] array = array(block, group + (p - first) / terms);
      int end = Math.min(last, p + terms);
      int at = j;
      for (int q = p; q < end; q++) {
        array[at] = line0[q];
        array[at + 1] = line1[q];
        array[at + 2] = line2[q];
        array[at + 3] = line3[q];
        array[at + 4] = line4[q];
        array[at + 5] = line5[q];
        array[at + 6] = line6[q];
        array[at + 7] = line7[q];
        at += Tile.STRIDE;
      }
    }
  }

  /** Rows that are missing in the last array. */
  private void clear(int rows, int block, int group) {
    for (int row = rows; row % terms != 0; row++) {
      int from = row % terms * Tile.STRIDE;
      Arrays.fill(array(block, group + row / terms), from, from + columns(block), 0);
    }
  }

  private static int divideUp(int a, int b) {
    return (a + b - 1) / b;
  }
}
