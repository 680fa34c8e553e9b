package org.charrnn.accel.java.rows;

/**
 * The innermost loops of products: some rows of the right operand, times elements of the left one,
 * are added to two rows of the result, or to one. Both round in the same way, so that a row of a
 * result has the same bits for any number of rows.
 *
 * <p>C2 vectorizes a loop only if its body, before unrolling, is below a limit; beyond it the loop
 * stays scalar and is ten times slower. Both tiles are the largest of their kind below it. All rows
 * of an operand are in one array at a constant distance, which leaves fewer arrays to check and
 * proves that no two elements are the same.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
sealed interface RowTile permits FusedTile, PlainTile {

  /** Rows of the result in a tile. */
  int ROWS = 2;

  /** The most columns of a tile, so that the memory that tiles share fits the first-level cache. */
  int COLUMNS = 256;

  /**
   * The distance from one row to the next, whole cache lines: a row has space for its columns
   * wherever they start (see {@link TileMemory}).
   */
  int STRIDE = COLUMNS + 32;

  /** Rows of the right operand, the terms that are added to each element. */
  int terms();

  /**
   * Adds to columns {@code from} to {@code to} of the result.
   *
   * @param c the result, element {@code (i, j)} at {@code i * STRIDE + j}
   * @param b the right operand, element {@code (p, j)} at {@code p * STRIDE + j}
   * @param a the left operand, element {@code (i, p)} at {@code at + i * terms() + p}
   */
  void multiply(float[] c, float[] b, float[] a, int at, int from, int to);

  /**
   * Adds to columns {@code from} to {@code to} of a row.
   *
   * @param c the row
   * @param b {@link #terms} rows of the right operand
   * @param a the element of the left operand for each of them
   */
  void multiplyRow(float[] c, float[][] b, float[] a, int from, int to);

  /**
   * The length of an array of rows: together with the header of the array in HotSpot, a multiple of
   * a cache line. Consecutive allocations then have the same alignment, and a loop that is aligned
   * for one array is aligned for all.
   */
  static int size(int rows) {
    return rows * STRIDE + 12;
  }
}
