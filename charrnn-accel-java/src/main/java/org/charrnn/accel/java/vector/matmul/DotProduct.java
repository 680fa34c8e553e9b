package org.charrnn.accel.java.vector.matmul;

import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.Work;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.jspecify.annotations.Nullable;

/**
 * The product {@code a * b^T} where rows are few and sums long, so that packing {@code b} would
 * cost as much as the product: both operands are read in place, except for the last vector of each
 * row.
 *
 * <p>The lanes of a sum are added in a fixed order: {@code reduceLanes} may use another one in
 * compiled code than in interpreted code.
 */
final class DotProduct implements Task, Work {

  private final Operand left;
  private final Operand right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final WorkerTeam team;
  private final ProductMemory memory;
  private final int m;
  private final int n;
  private final int k;
  private final int whole; // the elements of a row without the last vector
  private final float[] leftRest; // the last vector of each row, padded with zeros
  private final float[] rightRest;
  private final int rowBlocks;
  private final int columnBlocks;
  private final int rows; // of the highest block
  private final int columns; // of the widest block
  private final DotTile[][] tiles; // [rows - 1][columns - 1], those that occur
  private final LaneSums sums = TranspositionEmitter.sums();
  private final int sumsStart; // of the sums of a block in scratch memory, after their lanes
  private int t;

  DotProduct(
      Operands.MatMul<Operand> product,
      WorkerTeam team,
      ProductMemory memory,
      TileEmitter emitter) {
    this.left = product.left();
    this.right = product.right();
    this.addend = product.addend().orElse(null);
    this.result = product.result();
    this.team = team;
    this.memory = memory;
    this.m = result.rows();
    this.n = result.columns();
    this.k = left.columns();
    this.whole = (k - 1) & -Lanes.COUNT;
    this.leftRest = new float[m * Lanes.COUNT];
    this.rightRest = new float[n * Lanes.COUNT];
    boolean manyRegisters = Lanes.REGISTERS == 32; // 24 sums would be spilled
    this.rowBlocks = Math.ceilDiv(m, manyRegisters ? 5 : 2);
    this.rows = Math.ceilDiv(m, rowBlocks);
    this.columnBlocks = Math.ceilDiv(n, manyRegisters ? Math.min(8, 20 / rows) : 4);
    this.columns = Math.ceilDiv(n, columnBlocks);
    this.tiles = new DotTile[rows][columns];
    for (int i = 0; i < rowBlocks; i++) {
      for (int j = 0; j < columnBlocks; j++) {
        int r = WorkSplit.start(m, i + 1, rowBlocks) - WorkSplit.start(m, i, rowBlocks);
        int c = WorkSplit.start(n, j + 1, columnBlocks) - WorkSplit.start(n, j, columnBlocks);
        tiles[r - 1][c - 1] = emitter.dotTile(r, c);
      }
    }
    this.sumsStart = Math.ceilDiv(rows * columns, Lanes.COUNT) * Lanes.COUNT * Lanes.COUNT;
    memory.reserve(0, sumsStart + rows * columns + Lanes.COUNT);
  }

  @Override
  public void run(int t) {
    this.t = t;
    copyRest(left, leftRest);
    copyRest(right, rightRest);
    team.run(this, Rate.DOT_PRODUCT.isWorthSplitting((long) m * n * k));
  }

  private void copyRest(Operand operand, float[] rest) {
    float[] from = operand.array(t);
    for (int row = 0; row < operand.rows(); row++) {
      int first = operand.start(row, t) + whole;
      System.arraycopy(from, first, rest, row * Lanes.COUNT, k - whole);
    }
  }

  @Override
  public void run(int worker, int workers) {
    int end = WorkSplit.start(columnBlocks, worker + 1, workers);
    float[] lanes = memory.scratch(worker).edge;
    for (int block = WorkSplit.start(columnBlocks, worker, workers); block < end; block++) {
      int j = WorkSplit.start(n, block, columnBlocks);
      int width = WorkSplit.start(n, block + 1, columnBlocks) - j;
      for (int rowBlock = 0; rowBlock < rowBlocks; rowBlock++) {
        int i = WorkSplit.start(m, rowBlock, rowBlocks);
        block(i, j, WorkSplit.start(m, rowBlock + 1, rowBlocks) - i, width, lanes);
      }
    }
  }

  private void block(int i, int j, int height, int width, float[] lanes) {
    DotTile tile = tiles[height - 1][width - 1];
    tile.run(
        whole,
        left.array(t),
        left.start(t) + i * k,
        k,
        right.array(t),
        right.start(t) + j * k,
        k,
        leftRest,
        i * Lanes.COUNT,
        rightRest,
        j * Lanes.COUNT,
        lanes);
    for (int sum = 0; sum < height * width; sum += Lanes.COUNT) {
      sums.run(lanes, sum * Lanes.COUNT, lanes, sumsStart + sum);
    }
    store(lanes, i, j, height, width);
  }

  private void store(float[] lanes, int row, int column, int height, int width) {
    float[] c = result.array(t);
    for (int i = 0; i < height; i++) {
      int offset = result.start(t) + (row + i) * n + column;
      for (int j = 0; j < width; j++) {
        float sum = lanes[sumsStart + i * width + j];
        c[offset + j] = addend == null ? sum : sum + addend(row + i, column + j);
      }
    }
  }

  private float addend(int row, int column) {
    Operand operand = addend;
    return operand == null
        ? 0
        : operand.array(t)[operand.start(t) + (operand.rows() == m ? row * n : 0) + column];
  }
}
