package org.charrnn.accel.java.vector;

import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * The product {@code a * b^T} where rows are few and sums long, so that packing {@code b} would
 * cost as much as the product: both operands are read as they lie, but for the last vector of each
 * row.
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
  private final int whole; // the elements of a row but for the last vector
  private final float[] leftRest; // the last vector of each row, filled up with zeros
  private final float[] rightRest;
  private final int rowBlocks;
  private final int columnBlocks;
  private final int rows; // of the highest block
  private final int columns; // of the widest block
  private final DotTile[][] tiles; // [rows - 1][columns - 1], those that occur
  private final LaneSums sums = TranspositionWriter.sums();
  private final int sumsAt; // where the sums of a block are in scratch memory, behind their lanes
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
    this.whole = (k - 1) & -Lanes.COUNT;
    this.leftRest = new float[m * Lanes.COUNT];
    this.rightRest = new float[n * Lanes.COUNT];
    boolean roomy = Lanes.REGISTERS == 32; // with 24 sums there are spills
    this.rowBlocks = Blocking.divideUp(m, roomy ? 5 : 2);
    this.rows = Blocking.divideUp(m, rowBlocks);
    this.columnBlocks = Blocking.divideUp(n, roomy ? Math.min(8, 20 / rows) : 4);
    this.columns = Blocking.divideUp(n, columnBlocks);
    this.tiles = new DotTile[rows][columns];
    for (int i = 0; i < rowBlocks; i++) {
      for (int j = 0; j < columnBlocks; j++) {
        int r = start(i + 1, rowBlocks, m) - start(i, rowBlocks, m);
        int c = start(j + 1, columnBlocks, n) - start(j, columnBlocks, n);
        tiles[r - 1][c - 1] = workers.tiles().dotTile(r, c);
      }
    }
    this.sumsAt = Blocking.divideUp(rows * columns, Lanes.COUNT) * Lanes.COUNT * Lanes.COUNT;
    workers.reserve(0, sumsAt + rows * columns + Lanes.COUNT);
  }

  /** Where a block begins, all being of the same size or one smaller. */
  private static int start(int block, int blocks, int size) {
    return (int) ((long) size * block / blocks);
  }

  @Override
  public void run(int step) {
    this.step = step;
    copyRest(left, leftRest);
    copyRest(right, rightRest);
    workers.run(this, (long) m * n * k >= WORTH_SHARING);
  }

  private void copyRest(View view, float[] rest) {
    float[] from = view.floats();
    for (int row = 0; row < view.rows(); row++) {
      int first = view.offset(step) + row * k + whole;
      System.arraycopy(from, first, rest, row * Lanes.COUNT, k - whole);
    }
  }

  @Override
  public void run(int part, int parts) {
    int end = columnBlocks * (part + 1) / parts;
    float[] lanes = workers.scratch(part).edge;
    for (int block = columnBlocks * part / parts; block < end; block++) {
      int j = start(block, columnBlocks, n);
      int width = start(block + 1, columnBlocks, n) - j;
      for (int rowBlock = 0; rowBlock < rowBlocks; rowBlock++) {
        int i = start(rowBlock, rowBlocks, m);
        block(i, j, start(rowBlock + 1, rowBlocks, m) - i, width, lanes);
      }
    }
  }

  private void block(int i, int j, int height, int width, float[] lanes) {
    DotTile tile = tiles[height - 1][width - 1];
    tile.run(
        whole,
        left.floats(),
        left.offset(step) + i * k,
        k,
        right.floats(),
        right.offset(step) + j * k,
        k,
        leftRest,
        i * Lanes.COUNT,
        rightRest,
        j * Lanes.COUNT,
        lanes);
    for (int sum = 0; sum < height * width; sum += Lanes.COUNT) {
      sums.run(lanes, sum * Lanes.COUNT, lanes, sumsAt + sum);
    }
    store(lanes, i, j, height, width);
  }

  private void store(float[] lanes, int row, int column, int height, int width) {
    float[] c = result.floats();
    for (int i = 0; i < height; i++) {
      int offset = result.offset(step) + (row + i) * n + column;
      for (int j = 0; j < width; j++) {
        float sum = lanes[sumsAt + i * width + j];
        c[offset + j] = addend == null ? sum : sum + addend(row + i, column + j);
      }
    }
  }

  private float addend(int row, int column) {
    View view = addend;
    return view == null
        ? 0
        : view.floats()[view.offset(step) + (view.rows() == m ? row * n : 0) + column];
  }
}
