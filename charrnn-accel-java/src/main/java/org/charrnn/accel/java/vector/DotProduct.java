package org.charrnn.accel.java.vector;

import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * The product {@code a * b^T} where rows are few and sums long, so that packing {@code b} would
 * cost as much as the product: both operands are read as they lie.
 *
 * <p>The lanes of a sum are added in a fixed order: {@code reduceLanes} may choose another one in
 * compiled code than in interpreted code.
 */
final class DotProduct implements Step, Team.Task {

  private static final long WORTH_SHARING = 1 << 19;

  private final View left;
  private final View right;
  private final @Nullable View addend;
  private final View result;
  private final Workers workers;
  private final int m;
  private final int n;
  private final int k;
  private final int rows;
  private final int columns;
  private final DotTile[][] tiles; // [rows - 1][columns - 1], those that occur
  private int step;

  DotProduct(View left, View right, @Nullable View addend, View result, Workers workers) {
    this.left = left;
    this.right = right;
    this.addend = addend;
    this.result = result;
    this.workers = workers;
    this.m = result.rows();
    this.n = result.columns();
    this.k = left.columns();
    int highest = Lanes.REGISTERS == 32 ? 4 : 2;
    this.rows = Blocking.divideUp(m, Blocking.divideUp(m, highest));
    int widest = Lanes.REGISTERS == 32 ? Math.min(8, 24 / rows) : 4;
    this.columns = Blocking.divideUp(n, Blocking.divideUp(n, widest));
    this.tiles = new DotTile[rows][columns];
    for (int i = 0; i < m; i += rows) {
      for (int j = 0; j < n; j += columns) {
        int r = Math.min(rows, m - i);
        int c = Math.min(columns, n - j);
        tiles[r - 1][c - 1] = workers.tiles().dotTile(r, c);
      }
    }
    workers.reserve(0, 0, rows * columns * Lanes.COUNT);
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, (long) m * n * k >= WORTH_SHARING);
  }

  @Override
  public void run(int part, int parts) {
    int blocks = Blocking.divideUp(n, columns);
    int end = Math.min(n, blocks * (part + 1) / parts * columns);
    float[] lanes = workers.scratch(part).edge;
    for (int j = blocks * part / parts * columns; j < end; j += columns) {
      int width = Math.min(columns, n - j);
      for (int i = 0; i < m; i += rows) {
        int height = Math.min(rows, m - i);
        tiles[height - 1][width - 1].run(
            k & -Lanes.COUNT,
            left.floats(),
            left.offset(step) + i * k,
            k,
            right.floats(),
            right.offset(step) + j * k,
            k,
            lanes);
        store(lanes, i, j, height, width);
      }
    }
  }

  private void store(float[] lanes, int row, int column, int height, int width) {
    float[] c = result.floats();
    for (int i = 0; i < height; i++) {
      int offset = result.offset(step) + (row + i) * n + column;
      for (int j = 0; j < width; j++) {
        float sum = sum(lanes, (i * width + j) * Lanes.COUNT) + rest(row + i, column + j);
        c[offset + j] = addend == null ? sum : sum + addend(row + i, column + j);
      }
    }
  }

  /** What the vectors left over of a sum. */
  private float rest(int row, int column) {
    float[] a = left.floats();
    float[] b = right.floats();
    int aOffset = left.offset(step) + row * k;
    int bOffset = right.offset(step) + column * k;
    float sum = 0;
    for (int p = k & -Lanes.COUNT; p < k; p++) {
      sum = Math.fma(a[aOffset + p], b[bOffset + p], sum);
    }
    return sum;
  }

  private float addend(int row, int column) {
    View view = addend;
    return view == null
        ? 0
        : view.floats()[view.offset(step) + (view.rows() == m ? row * n : 0) + column];
  }

  /** Adds pairwise, which a processor does in few steps. */
  private static float sum(float[] lanes, int from) {
    float even = 0;
    float odd = 0;
    float evenHalf = 0;
    float oddHalf = 0;
    for (int i = from; i < from + Lanes.COUNT; i += 4) {
      even += lanes[i];
      odd += lanes[i + 1];
      evenHalf += lanes[i + 2];
      oddHalf += lanes[i + 3];
    }
    return (even + evenHalf) + (odd + oddHalf);
  }
}
