package org.charrnn.accel.java.rows;

import java.util.Locale;

/**
 * Four terms for each element, multiplied and added without rounding in between.
 *
 * <p>The four are summed first and then added to the element, so that a long sum is rounded at its
 * own magnitude only once for each four terms; the addition costs nothing, since another unit of
 * the processor executes it.
 */
final class FusedTile implements RowTile {

  private static final int TERMS = 4;

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
    float a03 = a[at + 3];
    float a10 = a[at + 4];
    float a11 = a[at + 5];
    float a12 = a[at + 6];
    float a13 = a[at + 7];
    for (int j = from; j < to; j++) {
      float x0 = b[j];
      float x1 = b[j + STRIDE];
      float x2 = b[j + 2 * STRIDE];
      float x3 = b[j + 3 * STRIDE];
      c[j] = c[j] + Math.fma(a03, x3, Math.fma(a02, x2, Math.fma(a01, x1, a00 * x0)));
      c[j + STRIDE] =
          c[j + STRIDE] + Math.fma(a13, x3, Math.fma(a12, x2, Math.fma(a11, x1, a10 * x0)));
    }
  }

  @Override
  public void multiplyRow(float[] c, float[][] b, float[] a, int from, int to) {
    float[] b0 = b[0];
    float[] b1 = b[1];
    float[] b2 = b[2];
    float[] b3 = b[3];
    float a0 = a[0];
    float a1 = a[1];
    float a2 = a[2];
    float a3 = a[3];
    for (int j = from; j < to; j++) {
      c[j] = c[j] + Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], a0 * b0[j])));
    }
  }
}
