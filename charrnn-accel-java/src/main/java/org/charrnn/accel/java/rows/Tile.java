package org.charrnn.accel.java.rows;

/**
 * The innermost loop of large products: four rows of the right operand, times numbers of the left
 * one, are added to four rows of the result, so that each number that is loaded takes part in four
 * multiply-adds.
 *
 * <p>All rows of an operand lie in one array at a distance that is a constant. So C2 sees two
 * arrays and not eight, and that no element is written before it is read as another; only then does
 * it make vectors of such a long loop.
 */
final class Tile {

  /** Rows of the result, and of the right operand, in a tile. */
  static final int ROWS = 4;

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
    float a00 = a[at];
    float a01 = a[at + 1];
    float a02 = a[at + 2];
    float a03 = a[at + 3];
    float a10 = a[at + 4];
    float a11 = a[at + 5];
    float a12 = a[at + 6];
    float a13 = a[at + 7];
    float a20 = a[at + 8];
    float a21 = a[at + 9];
    float a22 = a[at + 10];
    float a23 = a[at + 11];
    float a30 = a[at + 12];
    float a31 = a[at + 13];
    float a32 = a[at + 14];
    float a33 = a[at + 15];
    for (int j = from; j < to; j++) {
      float x0 = b[j];
      float x1 = b[j + STRIDE];
      float x2 = b[j + 2 * STRIDE];
      float x3 = b[j + 3 * STRIDE];
      c[j] = c[j] + a00 * x0 + a01 * x1 + a02 * x2 + a03 * x3;
      c[j + STRIDE] = c[j + STRIDE] + a10 * x0 + a11 * x1 + a12 * x2 + a13 * x3;
      c[j + 2 * STRIDE] = c[j + 2 * STRIDE] + a20 * x0 + a21 * x1 + a22 * x2 + a23 * x3;
      c[j + 3 * STRIDE] = c[j + 3 * STRIDE] + a30 * x0 + a31 * x1 + a32 * x2 + a33 * x3;
    }
  }
}
