package org.charrnn.accel.java.vector;

/**
 * How a product is cut into blocks.
 *
 * @param rows the rows of a block, which are in registers at once
 * @param vectors the vectors that make up its columns
 * @param depth how much of the sums is done before the next block begins, so that what is packed
 *     stays in cache
 * @param rowBlocks how many blocks make up the rows of the result
 * @param columnBlocks how many make up its columns
 */
record Blocking(int rows, int vectors, int depth, int rowBlocks, int columnBlocks) {

  /**
   * Measured: with less, results are read and written more often; with more, what is packed drops
   * out of the second-level cache.
   */
  static final int DEPTH = 1024;

  /**
   * Rows of the left operand that are worked on at once: {@code ROWS * DEPTH} floats are half of a
   * second-level cache of a megabyte.
   */
  private static final int ROWS = 112;

  /** Columns of right operands, where they are worked on at once instead. */
  private static final int COLUMNS = 128;

  static Blocking of(int m, int n, int k) {
    int vectors = m <= 4 ? fewRows(m, n) : 2;
    int highest = m <= 4 ? m : (Lanes.REGISTERS - 3) / vectors;
    int rowBlocks = divideUp(m, highest);
    int rows = divideUp(m, rowBlocks);
    int columns = vectors * Lanes.COUNT;
    return new Blocking(
        rows, vectors, divideUp(k, divideUp(k, DEPTH)), divideUp(m, rows), divideUp(n, columns));
  }

  /**
   * With few rows the sums of many columns are run at once, since a multiply-add takes four cycles
   * to be ready.
   */
  private static int fewRows(int m, int n) {
    int most = Lanes.REGISTERS == 32 ? Math.min(8, 24 / m) : Math.min(8, 9 / m);
    int needed = divideUp(n, Lanes.COUNT);
    return divideUp(needed, divideUp(needed, most));
  }

  /** The rows of a block; the last one may have fewer. */
  int rows(int block, int m) {
    return Math.min(rows, m - block * rows);
  }

  int columns() {
    return vectors * Lanes.COUNT;
  }

  /** The floats of a block of columns of the right operand that is packed. */
  int packedBlock() {
    return columns() * depth;
  }

  /** How many blocks of rows are worked on before the next block of columns. */
  int rowBlocksAtOnce() {
    return Math.max(1, ROWS / rows);
  }

  /** How many blocks of columns are worked on before the next block of rows. */
  int columnBlocksAtOnce() {
    return Math.max(1, COLUMNS / columns());
  }

  static int divideUp(int a, int b) {
    return (a + b - 1) / b;
  }
}
