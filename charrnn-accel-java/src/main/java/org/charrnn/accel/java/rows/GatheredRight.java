package org.charrnn.accel.java.rows;

/**
 * A right operand that is stored transposed, {@code [n, k]}, for a product of few rows: its columns
 * are gathered as they are needed, since each is needed once.
 */
final class GatheredRight implements RightOperand {

  private final Operand source;
  private int first;

  GatheredRight(Operand source) {
    this.source = source;
  }

  @Override
  public void prepare(int time, int p, int end) {
    first = source.first(time);
  }

  @Override
  public void fetch(int p, int end, int column, int columns, float[][] targets, int at, int terms) {
    if (terms == 4 && end - p == 4 * targets.length && targets.length == 4) {
      gatherLine(p, first + column, columns, targets, at);
      return;
    }
    float[][] lines = source.floats();
    for (int q = p; q < end; q++) {
      float[] target = targets[(q - p) / terms];
      int to = (q - p) % terms * Tile.STRIDE + at;
      for (int j = 0; j < columns; j++) {
        target[to + j] = lines[first + column + j][q];
      }
    }
  }

  /** Sixteen at a time: a cache line of the source. */
  private void gatherLine(int p, int line, int columns, float[][] targets, int at) {
    float[][] lines = source.floats();
    float[] b0 = targets[0];
    float[] b1 = targets[1];
    float[] b2 = targets[2];
    float[] b3 = targets[3];
    for (int j = 0; j < columns; j++) {
      float[] a = lines[line + j];
      int to = at + j;
      b0[to] = a[p];
      b0[to + Tile.STRIDE] = a[p + 1];
      b0[to + 2 * Tile.STRIDE] = a[p + 2];
      b0[to + 3 * Tile.STRIDE] = a[p + 3];
      b1[to] = a[p + 4];
      b1[to + Tile.STRIDE] = a[p + 5];
      b1[to + 2 * Tile.STRIDE] = a[p + 6];
      b1[to + 3 * Tile.STRIDE] = a[p + 7];
      b2[to] = a[p + 8];
      b2[to + Tile.STRIDE] = a[p + 9];
      b2[to + 2 * Tile.STRIDE] = a[p + 10];
      b2[to + 3 * Tile.STRIDE] = a[p + 11];
      b3[to] = a[p + 12];
      b3[to + Tile.STRIDE] = a[p + 13];
      b3[to + 2 * Tile.STRIDE] = a[p + 14];
      b3[to + 3 * Tile.STRIDE] = a[p + 15];
    }
  }
}
