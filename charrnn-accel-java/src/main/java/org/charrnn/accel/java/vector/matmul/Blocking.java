package org.charrnn.accel.java.vector.matmul;

import org.charrnn.accel.java.codegen.Lanes;

/**
 * How a product is divided into blocks.
 *
 * @param rows the rows of a block, which are in registers at once
 * @param vectors the vectors that make up its columns
 * @param depth the terms of the sums that are added before the next block starts, so that packed
 *     operands stay in cache
 * @param rowBlocks the number of blocks that make up the rows of the result
 * @param columnBlocks the number of blocks that make up its columns
 */
record Blocking(int rows, int vectors, int depth, int rowBlocks, int columnBlocks) {

  /**
   * Measured: with less, results are read and written more often; with more, packed operands are
   * evicted from the second-level cache.
   */
  static final int DEPTH = 1024;

  /**
   * Rows of the left operand that are processed at once: {@code ROWS * DEPTH} floats are half of a
   * second-level cache of one megabyte.
   */
  private static final int ROWS = 112;

  /** Columns of right operands, where these are processed at once instead. */
  private static final int COLUMNS = 128;

  static Blocking of(int m, int n, int k) {
    int vectors = m <= Products.MOST_ROWS_STREAMED ? fewRows(m, n) : 2;
    int highest = m <= Products.MOST_ROWS_STREAMED ? m : (Lanes.REGISTERS - 3) / vectors;
    int rowBlocks = Math.ceilDiv(m, highest);
    int rows = Math.ceilDiv(m, rowBlocks);
    int columns = vectors * Lanes.COUNT;
    return new Blocking(
        rows,
        vectors,
        Math.ceilDiv(k, Math.ceilDiv(k, DEPTH)),
        Math.ceilDiv(m, rows),
        Math.ceilDiv(n, columns));
  }

  /**
   * With few rows the sums of many columns are computed at once, since a multiply-add has a latency
   * of four cycles.
   */
  private static int fewRows(int m, int n) {
    int most = Lanes.REGISTERS == 32 ? 8 : Math.min(8, 9 / m);
    int needed = Math.ceilDiv(n, Lanes.COUNT);
    return Math.ceilDiv(needed, Math.ceilDiv(needed, most));
  }

  /** The rows of a block; the last one may have fewer. */
  int rows(int block, int m) {
    return Math.min(rows, m - block * rows);
  }

  int columns() {
    return vectors * Lanes.COUNT;
  }

  /** The floats of a packed block of columns of the right operand. */
  int packedBlock() {
    return columns() * depth;
  }

  /** The blocks of rows that are processed before the next block of columns. */
  int rowBlocksAtOnce() {
    return Math.max(1, ROWS / rows);
  }

  /** The blocks of columns that are processed before the next block of rows. */
  int columnBlocksAtOnce() {
    return Math.max(1, COLUMNS / columns());
  }
}
