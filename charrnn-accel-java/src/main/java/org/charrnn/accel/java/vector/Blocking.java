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
   * Measured: less reads and writes the results more often, more drops the right panel out of the
   * first-level cache.
   */
  private static final int DEPTH = 384;

  /**
   * Rows of the left operand that are packed at once: {@code ROWS * DEPTH} floats are a good part
   * of a second-level cache.
   */
  private static final int ROWS = 560;

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

  /** How many blocks of rows are packed at once. */
  int rowBlocksAtOnce() {
    return Math.max(1, ROWS / rows);
  }

  static int divideUp(int a, int b) {
    return (a + b - 1) / b;
  }
}
