package org.charrnn.accel.java.rows;

import java.util.Locale;

/**
 * Three terms for each element, multiplied and then added, for processors without fused
 * multiply-adds.
 */
final class PlainTile implements RowTile {

  private static final int TERMS = 3;

  @Override
  public int terms() {
    return TERMS;
  }

  @Override
  public void multiply(float[] c, float[] b, float[] a, int at, int from, int to) {
    if (from < 0 || to > STRIDE || c.length < ROWS * STRIDE || b.length < TERMS * STRIDE) {
      throw new IndexOutOfBoundsException(String.format(Locale.ROOT, "columns %d to %d", from, to));
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
      c[j] = c[j] + (a00 * x0 + a01 * x1 + a02 * x2);
      c[j + STRIDE] = c[j + STRIDE] + (a10 * x0 + a11 * x1 + a12 * x2);
    }
  }

  @Override
  public void multiplyRow(float[] c, float[][] b, float[] a, int from, int to) {
    float[] b0 = b[0];
    float[] b1 = b[1];
    float[] b2 = b[2];
    float a0 = a[0];
    float a1 = a[1];
    float a2 = a[2];
    for (int j = from; j < to; j++) {
      c[j] = c[j] + (a0 * b0[j] + a1 * b1[j] + a2 * b2[j]);
    }
  }
}
