package org.charrnn.accel.java.rows;

/**
 * The innermost loop of large products: three rows of the right operand, times numbers of the left
 * one, are added to three rows of the result, so that each number that is loaded takes part in
 * three multiply-adds.
 *
 * <p>C2 makes vectors of a loop of nine multiply-adds, and with fused ones only; of twelve it makes
 * none and is nine times slower. All rows of an operand lie in one array at a distance that is a
 * constant, which leaves fewer arrays to check and shows that no element is read as another.
 */
final class Tile {

  /** Rows of the result, and of the right operand, in a tile. */
  static final int ROWS = 3;

  /** The most columns of a tile: its rows, of both operands, fill the first-level cache. */
  static final int COLUMNS = 1024;

  /** From one row to the next; not a power of two, so that rows begin in different cache sets. */
  static final int STRIDE = COLUMNS + 16;

  /** The length of an array of rows. */
  static final int SIZE = ROWS * STRIDE;

  private Tile() {}

  /**
   * Adds to columns {@code from} to {@code to} of the result.
   *
   * @param c the result, element {@code (i, j)} at {@code i * STRIDE + j}
   * @param b the right operand, element {@code (p, j)} at {@code p * STRIDE + j}
   * @param a the left operand, element {@code (i, p)} at {@code at + i * ROWS + p}
   */
  static void multiply(float[] c, float[] b, float[] a, int at, int from, int to) {
    if (from < 0 || to > COLUMNS || c.length < SIZE || b.length < SIZE) {
      throw new IndexOutOfBoundsException("columns %d to %d".formatted(from, to));
    }
    float a00 = a[at];
    float a01 = a[at + 1];
    float a02 = a[at + 2];
    float a10 = a[at + 3];
    float a11 = a[at + 4];
    float a12 = a[at + 5];
    float a20 = a[at + 6];
    float a21 = a[at + 7];
    float a22 = a[at + 8];
    for (int j = from; j < to; j++) {
      float x0 = b[j];
      float x1 = b[j + STRIDE];
      float x2 = b[j + 2 * STRIDE];
      c[j] = sum(a00, x0, a01, x1, a02, x2, c[j]);
      c[j + STRIDE] = sum(a10, x0, a11, x1, a12, x2, c[j + STRIDE]);
      c[j + 2 * STRIDE] = sum(a20, x0, a21, x1, a22, x2, c[j + 2 * STRIDE]);
    }
  }

  private static float sum(float a0, float x0, float a1, float x1, float a2, float x2, float c) {
    float one = FusedMultiplyAdd.of(a0, x0, c);
    return FusedMultiplyAdd.of(a2, x2, FusedMultiplyAdd.of(a1, x1, one));
  }
}
