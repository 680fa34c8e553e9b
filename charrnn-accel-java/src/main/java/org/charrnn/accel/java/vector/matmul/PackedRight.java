package org.charrnn.accel.java.vector.matmul;

import java.util.Arrays;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.Work;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;

/**
 * A right operand that is used more than once and packed as a whole: in each run before a loop in
 * all of whose iterations it is the same, or only when it has changed, for programs that do not
 * change it.
 */
final class PackedRight implements Task, Work {

  private static final int NEVER = -1;

  private final Operand source;
  private final boolean transposed;
  private final Blocking blocking;
  private final int k;
  private final PackingArena arena;
  private final int start; // in the arena
  private final WorkerTeam team;
  private int version = NEVER; // of the source when it was packed last

  /**
   * Prepares the packing of a {@code [k, n]} matrix, or of {@code [n, k]} if it is stored
   * transposed.
   *
   * @param arena where to
   * @param team who packs it
   */
  PackedRight(
      Operand source, boolean transposed, Blocking blocking, PackingArena arena, WorkerTeam team) {
    this.source = source;
    this.transposed = transposed;
    this.blocking = blocking;
    this.k = transposed ? source.columns() : source.rows();
    this.arena = arena;
    this.team = team;
    this.start = arena.take(blocking.columnBlocks() * blocking.columns() * k);
  }

  float[] array() {
    return arena.floats();
  }

  /** The index of row {@code p} of a block in {@link #array}. */
  int offset(int block, int p) {
    return start + (block * k + p) * blocking.columns();
  }

  /** Packs it. */
  @Override
  public void run(int t) {
    team.run(this, Rate.PACKING.isWorthSplitting(source.elements()));
  }

  /**
   * Packs it if it changed since it was packed last; the first time in plain Java, since methods of
   * the Vector API take a thousand times longer until C2 has compiled them.
   */
  void packIfChanged() {
    if (source.matrix().version() != version) {
      Work work = version == NEVER ? this::packPlainly : this;
      team.run(work, Rate.PACKING.isWorthSplitting(source.elements()));
      version = source.matrix().version();
    }
  }

  private void packPlainly(int worker, int workers) {
    int n = transposed ? source.rows() : source.columns();
    int rowStride = transposed ? 1 : n;
    int columnStride = transposed ? k : 1;
    float[] from = source.array(0);
    float[] to = array();
    int width = blocking.columns();
    int end = WorkSplit.start(blocking.columnBlocks(), worker + 1, workers);
    for (int block = WorkSplit.start(blocking.columnBlocks(), worker, workers);
        block < end;
        block++) {
      int first = source.start(0) + block * width * columnStride;
      int columns = Math.min(width, n - block * width);
      for (int p = 0; p < k; p++) {
        int target = offset(block, p);
        for (int j = 0; j < columns; j++) {
          to[target + j] = from[first + p * rowStride + j * columnStride];
        }
        Arrays.fill(to, target + columns, target + width, 0); // up to a whole block
      }
    }
  }

  @Override
  public void run(int worker, int workers) {
    int first = WorkSplit.start(blocking.columnBlocks(), worker, workers);
    int end = WorkSplit.start(blocking.columnBlocks(), worker + 1, workers);
    int blockSize = blocking.columns() * k;
    pack(source, transposed, blocking, first, end, 0, k, 0, array(), offset(first, 0), blockSize);
  }

  /**
   * Packs rows {@code p} to {@code p + depth} of some blocks of columns, as the operand is in
   * iteration {@code t} of a loop.
   *
   * @param blockSize from one block to the next in the target
   */
  static void pack(
      Operand source,
      boolean transposed,
      Blocking blocking,
      int firstBlock,
      int endBlock,
      int p,
      int depth,
      int t,
      float[] target,
      int targetOffset,
      int blockSize) {
    int lines = transposed ? depth : Packing.LINES;
    for (int q = 0; q < depth; q += lines) {
      for (int block = firstBlock; block < endBlock; block++) {
        int offset = targetOffset + (block - firstBlock) * blockSize + q * blocking.columns();
        int count = Math.min(lines, depth - q);
        pack(source, transposed, blocking, block, p + q, count, t, target, offset);
      }
    }
  }

  private static void pack(
      Operand source,
      boolean transposed,
      Blocking blocking,
      int block,
      int p,
      int depth,
      int t,
      float[] target,
      int targetOffset) {
    int n = transposed ? source.rows() : source.columns();
    int first = block * blocking.columns();
    int lineStride = transposed ? source.columns() : 1;
    int stride = transposed ? 1 : n;
    Packing.pack(
        source.array(t),
        source.start(t) + first * lineStride + p * stride,
        lineStride,
        stride,
        Math.min(blocking.columns(), n - first),
        depth,
        target,
        targetOffset,
        blocking.columns());
  }
}
