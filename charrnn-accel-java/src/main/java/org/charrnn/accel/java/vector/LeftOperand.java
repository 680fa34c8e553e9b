package org.charrnn.accel.java.vector;

/**
 * The left operand of a product, {@code [m, k]}, packed block of rows by block of rows for a {@link
 * Tile}. A single row lies as a packed one does and is read in place.
 */
final class LeftOperand {

  private final View view;
  private final boolean transposed;
  private final int m;
  private final int k;
  private final Blocking blocking;

  LeftOperand(View view, boolean transposed, Blocking blocking) {
    this.view = view;
    this.transposed = transposed;
    this.m = transposed ? view.columns() : view.rows();
    this.k = transposed ? view.rows() : view.columns();
    this.blocking = blocking;
  }

  private boolean isInPlace() {
    return m == 1;
  }

  /** The floats that a thread needs to pack the blocks of rows that it works on at once. */
  int scratchSize() {
    int rows = Math.min(blocking.rowBlocksAtOnce(), blocking.rowBlocks()) * blocking.rows();
    return isInPlace() ? 0 : rows * blocking.depth() + Lanes.COUNT;
  }

  /** Packs columns {@code p} to {@code p + depth} of some blocks of rows. */
  void pack(int firstBlock, int endBlock, int p, int depth, int step, float[] scratch) {
    if (isInPlace()) {
      return;
    }
    int lineStride = transposed ? 1 : k;
    int stride = transposed ? m : 1;
    for (int block = firstBlock; block < endBlock; block++) {
      int first = block * blocking.rows();
      int rows = blocking.rows(block, m);
      Packing.pack(
          view.floats(),
          view.offset(step) + first * lineStride + p * stride,
          lineStride,
          stride,
          rows,
          depth,
          scratch,
          offset(block, firstBlock, p, depth, step),
          rows);
    }
  }

  /** Where the blocks are, given where they were packed. */
  float[] array(float[] scratch) {
    return isInPlace() ? view.floats() : scratch;
  }

  /** Where in {@link #array} a block begins. */
  int offset(int block, int firstBlock, int p, int depth, int step) {
    return isInPlace() ? view.offset(step) + p : (block - firstBlock) * blocking.rows() * depth;
  }
}
