package org.charrnn.accel.java.vector;

import org.charrnn.accel.java.team.Team;

/**
 * A right operand that is used more than once and packed as a whole: before a loop runs in all of
 * whose steps it is the same, or before the first run of a program that does not change it.
 */
final class PackedRight implements Team.Task {

  /** Elements that take about as long to pack as handing a share to another thread ten times. */
  static final int WORTH_SHARING = 1 << 15;

  private final View source;
  private final boolean transposed;
  private final Blocking blocking;
  private final int k;
  private final PackingArena arena;
  private final int start; // in the arena
  private int version = -1; // of the source, as it was packed last

  /**
   * Prepares the packing of a {@code [k, n]} matrix, or of {@code [n, k]} if it is stored
   * transposed.
   *
   * @param arena where to
   */
  PackedRight(View source, boolean transposed, Blocking blocking, PackingArena arena) {
    this.source = source;
    this.transposed = transposed;
    this.blocking = blocking;
    this.k = transposed ? source.columns() : source.rows();
    this.arena = arena;
    this.start = arena.take(blocking.columnBlocks() * blocking.columns() * k);
  }

  float[] array() {
    return arena.floats();
  }

  /** Where row {@code p} of block {@code block} begins. */
  int offset(int block, int p) {
    return start + (block * k + p) * blocking.columns();
  }

  /** Packs it. */
  void pack(Workers workers) {
    workers.run(this, source.elements() >= WORTH_SHARING);
  }

  /** Packs it if it changed since that was done last. */
  void packIfChanged(Workers workers) {
    if (source.version() != version) {
      pack(workers);
      version = source.version();
    }
  }

  @Override
  public void run(int part, int parts) {
    int first = blocking.columnBlocks() * part / parts;
    int end = blocking.columnBlocks() * (part + 1) / parts;
    int blockSize = blocking.columns() * k;
    pack(source, transposed, blocking, first, end, 0, k, 0, array(), offset(first, 0), blockSize);
  }

  /**
   * Packs rows {@code p} to {@code p + depth} of some blocks of columns, as the operand stands in
   * step {@code step} of a loop.
   *
   * @param blockSize from one block to the next in the target
   */
  static void pack(
      View source,
      boolean transposed,
      Blocking blocking,
      int firstBlock,
      int endBlock,
      int p,
      int depth,
      int step,
      float[] target,
      int targetOffset,
      int blockSize) {
    int lines = transposed ? depth : Packing.LINES;
    for (int q = 0; q < depth; q += lines) {
      for (int block = firstBlock; block < endBlock; block++) {
        int offset = targetOffset + (block - firstBlock) * blockSize + q * blocking.columns();
        int count = Math.min(lines, depth - q);
        pack(source, transposed, blocking, block, p + q, count, step, target, offset);
      }
    }
  }

  private static void pack(
      View source,
      boolean transposed,
      Blocking blocking,
      int block,
      int p,
      int depth,
      int step,
      float[] target,
      int targetOffset) {
    int n = transposed ? source.rows() : source.columns();
    int first = block * blocking.columns();
    int lineStride = transposed ? source.columns() : 1;
    int stride = transposed ? 1 : n;
    Packing.pack(
        source.floats(),
        source.offset(step) + first * lineStride + p * stride,
        lineStride,
        stride,
        Math.min(blocking.columns(), n - first),
        depth,
        target,
        targetOffset,
        blocking.columns());
  }
}
