package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.runtime.Operand;

/**
 * A right operand that is stored transposed, {@code [n, k]}, for a product of few rows: its columns
 * are gathered when they are needed, since each is needed once.
 */
final class GatheredPanels implements PanelSource {

  private final Operand source;
  private int t;

  GatheredPanels(Operand source) {
    this.source = source;
  }

  @Override
  public void prepare(int t, int p, int end) {
    this.t = t;
  }

  @Override
  public void fetch(int p, int end, int column, int columns, float[][] targets, int at, int terms) {
    if (terms == 4 && end - p == 4 * targets.length && targets.length == 4) {
      gatherLines(p, column, columns, targets, at);
      return;
    }
    for (int q = p; q < end; q++) {
      float[] target = targets[(q - p) / terms];
      int to = (q - p) % terms * RowTile.STRIDE + at;
      for (int j = 0; j < columns; j++) {
        target[to + j] = source.array(column + j, t)[q];
      }
    }
  }

  /** Sixteen elements of a row at a time: a cache line. */
  private void gatherLines(int p, int column, int columns, float[][] targets, int at) {
    float[] b0 = targets[0];
    float[] b1 = targets[1];
    float[] b2 = targets[2];
    float[] b3 = targets[3];
    for (int j = 0; j < columns; j++) {
      float[] a = source.array(column + j, t);
      int to = at + j;
      b0[to] = a[p];
      b0[to + RowTile.STRIDE] = a[p + 1];
      b0[to + 2 * RowTile.STRIDE] = a[p + 2];
      b0[to + 3 * RowTile.STRIDE] = a[p + 3];
      b1[to] = a[p + 4];
      b1[to + RowTile.STRIDE] = a[p + 5];
      b1[to + 2 * RowTile.STRIDE] = a[p + 6];
      b1[to + 3 * RowTile.STRIDE] = a[p + 7];
      b2[to] = a[p + 8];
      b2[to + RowTile.STRIDE] = a[p + 9];
      b2[to + 2 * RowTile.STRIDE] = a[p + 10];
      b2[to + 3 * RowTile.STRIDE] = a[p + 11];
      b3[to] = a[p + 12];
      b3[to + RowTile.STRIDE] = a[p + 13];
      b3[to + 2 * RowTile.STRIDE] = a[p + 14];
      b3[to + 3 * RowTile.STRIDE] = a[p + 15];
    }
  }
}
