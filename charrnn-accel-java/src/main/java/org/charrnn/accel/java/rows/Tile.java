package org.charrnn.accel.java.rows;

/**
 * The innermost loop of large products: three rows of the right operand, times numbers of the left
 * one, are added to two rows of the result.
 *
 * <p>C2 makes vectors of a loop of six multiplications and additions; of eight it makes none and is
 * seven times slower. Nine fused ones would go, and a quarter faster, but with other roundings on
 * machines with and without them. All rows of an operand lie in one array at a distance that is a
 * constant, which leaves fewer arrays to check and shows that no element is read as another.
 */
final class Tile {

  /** Rows of the result in a tile. */
  static final int ROWS = 2;

  /** Rows of the right operand, the terms that are added to each element. */
  static final int TERMS = 3;

  /** The most columns of a tile: its rows, of both operands, fill the first-level cache. */
  static final int COLUMNS = 1024;

  /** From one row to the next; not a power of two, so that rows begin in different cache sets. */
  static final int STRIDE = COLUMNS + 16;

  /** The length of an array of rows of either. */
  static final int SIZE = TERMS * STRIDE;

  private Tile() {}

  /**
   * Adds to columns {@code from} to {@code to} of the result.
   *
   * @param c the result, element {@code (i, j)} at {@code i * STRIDE + j}
   * @param b the right operand, element {@code (p, j)} at {@code p * STRIDE + j}
   * @param a the left operand, element {@code (i, p)} at {@code at + i * TERMS + p}
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
    for (int j = from; j < to; j++) {
      float x0 = b[j];
      float x1 = b[j + STRIDE];
      float x2 = b[j + 2 * STRIDE];
      c[j] = c[j] + a00 * x0 + a01 * x1 + a02 * x2;
      c[j + STRIDE] = c[j + STRIDE] + a10 * x0 + a11 * x1 + a12 * x2;
    }
  }
}
