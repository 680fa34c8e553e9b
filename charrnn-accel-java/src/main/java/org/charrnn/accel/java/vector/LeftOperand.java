package org.charrnn.accel.java.vector;

/**
 * The left operand of a product, {@code [m, k]}, packed for a {@link Tile}.
 *
 * <p>As a rule each thread packs blocks of rows when it comes to them. If the operand is stored
 * transposed, these blocks are narrow columns of what is stored; then all threads together pack all
 * of it, reading it from end to end. A single row lies as a packed one does and is read in place.
 */
final class LeftOperand {

  private final View view;
  private final boolean transposed;
  private final int m;
  private final int k;
  private final Blocking blocking;
  private final PackingArena arena;
  private final int start; // in the arena

  LeftOperand(View view, boolean transposed, Blocking blocking, PackingArena arena) {
    this.view = view;
    this.transposed = transposed;
    this.m = transposed ? view.columns() : view.rows();
    this.k = transposed ? view.rows() : view.columns();
    this.blocking = blocking;
    this.arena = arena;
    int size = isPackedWhole() ? m * blocking.depth() : 0;
    this.start = arena.take(Blocking.divideUp(size, Lanes.COUNT) * Lanes.COUNT);
  }

  private boolean isInPlace() {
    return m == 1;
  }

  /** Whether it has to be packed by {@link #packWhole}, before threads share out the product. */
  boolean isPackedWhole() {
    return transposed && !isInPlace();
  }

  /** The floats that a thread needs to pack the blocks of rows that it works on at once. */
  int scratchSize() {
    int rows = Math.min(blocking.rowBlocksAtOnce(), blocking.rowBlocks()) * blocking.rows();
    return isInPlace() || isPackedWhole() ? 0 : rows * blocking.depth() + Lanes.COUNT;
  }

  /** Packs a share of columns {@code p} to {@code p + depth}. */
  void packWhole(int part, int parts, int p, int depth, int step) {
    int end = depth * (part + 1) / parts;
    for (int q = depth * part / parts; q < end; q += Packing.LINES) {
      int lines = Math.min(Packing.LINES, end - q);
      for (int block = 0; block < blocking.rowBlocks(); block++) {
        int target = offset(block, 0, p, depth, step) + q * blocking.rows(block, m);
        pack(block, p + q, lines, step, arena.floats(), target);
      }
    }
  }

  /** Packs columns {@code p} to {@code p + depth} of some blocks of rows for one thread. */
  void pack(int firstBlock, int endBlock, int p, int depth, int step, float[] scratch) {
    if (isInPlace() || isPackedWhole()) {
      return;
    }
    for (int block = firstBlock; block < endBlock; block++) {
      pack(block, p, depth, step, scratch, offset(block, firstBlock, p, depth, step));
    }
  }

  private void pack(int block, int p, int count, int step, float[] target, int targetOffset) {
    int lineStride = transposed ? 1 : k;
    int stride = transposed ? m : 1;
    int rows = blocking.rows(block, m);
    Packing.pack(
        view.floats(),
        view.offset(step) + block * blocking.rows() * lineStride + p * stride,
        lineStride,
        stride,
        rows,
        count,
        target,
        targetOffset,
        rows);
  }

  /** Where the blocks are, given where a thread packed them. */
  float[] array(float[] scratch) {
    if (isInPlace()) {
      return view.floats();
    }
    return isPackedWhole() ? arena.floats() : scratch;
  }

  /** Where in {@link #array} a block begins, given the first one that the thread packed. */
  int offset(int block, int firstBlock, int p, int depth, int step) {
    if (isInPlace()) {
      return view.offset(step) + p;
    }
    int first = isPackedWhole() ? 0 : firstBlock;
    return (isPackedWhole() ? start : 0) + (block - first) * blocking.rows() * depth;
  }
}
