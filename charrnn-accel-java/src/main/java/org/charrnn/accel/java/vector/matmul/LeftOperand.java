package org.charrnn.accel.java.vector.matmul;

import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.team.WorkSplit;

/**
 * The left operand of a product, {@code [m, k]}, packed for a {@link RegisterTile}.
 *
 * <p>As a rule each worker packs blocks of rows when it needs them. If the operand is stored
 * transposed, these blocks are narrow columns of the stored matrix; then all workers together pack
 * all of it, reading it sequentially. A single row has the layout of a packed one and is read in
 * place.
 */
final class LeftOperand {

  private final Operand operand;
  private final boolean transposed;
  private final int m;
  private final int k;
  private final Blocking blocking;
  private final PackingArena arena;
  private final int start; // in the arena

  LeftOperand(Operand operand, boolean transposed, Blocking blocking, PackingArena arena) {
    this.operand = operand;
    this.transposed = transposed;
    this.m = transposed ? operand.columns() : operand.rows();
    this.k = transposed ? operand.rows() : operand.columns();
    this.blocking = blocking;
    this.arena = arena;
    int size = isPackedWhole() ? m * blocking.depth() : 0;
    this.start = arena.take(Math.ceilDiv(size, Lanes.COUNT) * Lanes.COUNT);
  }

  private boolean isInPlace() {
    return m == 1;
  }

  /** Whether {@link #packWhole} has to pack it before the product is split. */
  boolean isPackedWhole() {
    return transposed && !isInPlace();
  }

  /** The floats that a worker needs to pack the blocks of rows that it processes at once. */
  int scratchSize() {
    int rows = Math.min(blocking.rowBlocksAtOnce(), blocking.rowBlocks()) * blocking.rows();
    return isInPlace() || isPackedWhole() ? 0 : rows * blocking.depth() + Lanes.COUNT;
  }

  /** Packs a part of columns {@code p} to {@code p + depth}. */
  void packWhole(int worker, int workers, int p, int depth, int t) {
    int end = WorkSplit.start(depth, worker + 1, workers);
    for (int q = WorkSplit.start(depth, worker, workers); q < end; q += Packing.LINES) {
      int lines = Math.min(Packing.LINES, end - q);
      for (int block = 0; block < blocking.rowBlocks(); block++) {
        int target = offset(block, 0, p, depth, t) + q * blocking.rows(block, m);
        pack(block, p + q, lines, t, arena.floats(), target);
      }
    }
  }

  /** Packs columns {@code p} to {@code p + depth} of some blocks of rows for one worker. */
  void pack(int firstBlock, int endBlock, int p, int depth, int t, float[] scratch) {
    if (isInPlace() || isPackedWhole()) {
      return;
    }
    for (int block = firstBlock; block < endBlock; block++) {
      pack(block, p, depth, t, scratch, offset(block, firstBlock, p, depth, t));
    }
  }

  private void pack(int block, int p, int count, int t, float[] target, int targetOffset) {
    int lineStride = transposed ? 1 : k;
    int stride = transposed ? m : 1;
    int rows = blocking.rows(block, m);
    Packing.pack(
        operand.array(t),
        operand.start(t) + block * blocking.rows() * lineStride + p * stride,
        lineStride,
        stride,
        rows,
        count,
        target,
        targetOffset,
        rows);
  }

  /** The array that contains the blocks, given the one to which a worker packed them. */
  float[] array(float[] scratch, int t) {
    if (isInPlace()) {
      return operand.array(t);
    }
    return isPackedWhole() ? arena.floats() : scratch;
  }

  /** The index in {@link #array} of a block, given the first one that the worker packed. */
  int offset(int block, int firstBlock, int p, int depth, int t) {
    if (isInPlace()) {
      return operand.start(t) + p;
    }
    int first = isPackedWhole() ? 0 : firstBlock;
    return (isPackedWhole() ? start : 0) + (block - first) * blocking.rows() * depth;
  }
}
