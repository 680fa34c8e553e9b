package org.charrnn.accel.java.vector.matmul;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.Work;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;

/**
 * Matrix products of one left operand with one or more right ones, in blocks that stay in registers
 * (Goto, van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34, 2008).
 *
 * <p>The sums are computed a part of their length at a time. For each part the workers pack the
 * right operands together, once for all of them, and the left one if it is stored transposed; then
 * each worker computes some blocks of the result, and meanwhile keeps some rows of the left operand
 * in its second-level cache, or, if the left one is packed already, some columns of the right ones.
 * No sum is split between workers.
 *
 * <p>Workers take pieces of a large product whenever they are idle, first large pieces, then
 * smaller ones (guided self-scheduling: Polychronopoulos, Kuck, IEEE Transactions on Computers
 * C-36, 1987), so that none waits long for one whose processor is slower at the time.
 */
final class Product implements Task, Work {

  /**
   * A product with more multiply-adds takes so long that the speed of a processor may change
   * meanwhile.
   */
  private static final long LARGE = 1 << 25;

  /** A worker takes its equal share of the remaining pieces divided by this at a time. */
  private static final int GUIDE = 4;

  private final LeftOperand left;
  private final RightHandSide[] sides;
  private final int k;
  private final Blocking blocking;
  private final WorkerTeam team;
  private final PackingArena arena;
  private final ProductShare[] shares;
  private final Work packing = this::pack;
  private final int packed; // the elements that all workers pack for each part of the sums
  private final int start; // of packed right operands in the arena
  private final boolean split;
  private final boolean byRows;
  private final boolean large;
  private final AtomicInteger next = new AtomicInteger(); // the first unit that no worker has taken
  private int t;
  private int from; // the part of the sums that is being computed
  private int to;

  /**
   * Prepares a product.
   *
   * @param sides right operands and results, all of the same shapes
   */
  Product(
      Operand left,
      boolean transposedLeft,
      List<RightHandSide> sides,
      WorkerTeam team,
      ProductMemory memory,
      TileEmitter tiles) {
    int m = transposedLeft ? left.columns() : left.rows();
    int n = sides.getFirst().result().columns();
    this.k = transposedLeft ? left.rows() : left.columns();
    this.sides = sides.toArray(RightHandSide[]::new);
    this.team = team;
    this.arena = memory.arena();
    this.blocking = Blocking.of(m, n, k);
    long multiplyAdds = (long) m * n * k * sides.size();
    this.split = Rate.PRODUCT.isWorthSplitting(multiplyAdds);
    this.large = multiplyAdds >= LARGE;
    this.byRows = isSplitByRows(m, sides.size());
    this.left = new LeftOperand(left, transposedLeft, blocking, arena);
    int right = 0;
    for (RightHandSide side : sides) {
      int blocks = blocking.columnBlocks() - side.firstPacked(blocking);
      right = Math.addExact(right, Math.multiplyExact(blocks, blocking.packedBlock()));
    }
    this.packed = right + (this.left.isPackedWhole() ? m * blocking.depth() : 0);
    this.start =
        arena.take(
            right == 0 ? 0 : sides.size() * blocking.columnBlocks() * blocking.packedBlock());
    memory.reserve(this.left.scratchSize(), blocking.columns() * blocking.rows());
    this.shares =
        IntStream.range(0, team.size())
            .mapToObj(worker ->
                new ProductShare(
                    this.left, this.sides, blocking, start, arena, memory.scratch(worker), tiles))
            .toArray(ProductShare[]::new);
  }

  /**
   * Whether rows are split, not columns. If both can be split equally, the larger one of the result
   * and a right operand is divided among the workers, so that each one fetches only its part.
   */
  private boolean isSplitByRows(int m, int sides) {
    double rows = imbalance(blocking.rowBlocks());
    double columns = imbalance(blocking.columnBlocks() * sides);
    return rows < columns || (rows == columns && m >= k);
  }

  /** The time of the largest part relative to an equal part, for blocks of one kind. */
  private double imbalance(int blocks) {
    int workers = team.size();
    return (double) Math.ceilDiv(blocks, workers) * workers / blocks;
  }

  @Override
  public void run(int t) {
    this.t = t;
    int length = packed == 0 ? k : blocking.depth();
    for (from = 0; from < k; from += length) {
      to = Math.min(k, from + length);
      if (packed > 0) {
        team.run(packing, Rate.PACKING.isWorthSplitting(packed));
      }
      next.set(0);
      for (ProductShare share : shares) {
        share.begin();
      }
      team.run(this, split);
    }
  }

  private void pack(int worker, int workers) {
    if (left.isPackedWhole()) {
      left.packWhole(worker, workers, from, to - from, t);
    }
    int blocks = blocking.columnBlocks();
    for (int i = 0; i < sides.length; i++) {
      RightHandSide side = sides[i];
      int firstPacked = side.firstPacked(blocking);
      int first = firstPacked + WorkSplit.start(blocks - firstPacked, worker, workers);
      int end = firstPacked + WorkSplit.start(blocks - firstPacked, worker + 1, workers);
      PackedRight.pack(
          side.right(),
          side.transposed(),
          blocking,
          first,
          end,
          from,
          to - from,
          t,
          arena.floats(),
          start + (i * blocks + first) * blocking.packedBlock(),
          blocking.packedBlock());
    }
  }

  @Override
  public void run(int worker, int workers) {
    int rows = blocking.rowBlocks();
    int columns = blocking.columnBlocks() * sides.length;
    if (workers > 1 && large) {
      multiplyRemaining(worker, workers);
    } else if (byRows) {
      int first = WorkSplit.start(rows, worker, workers);
      multiply(worker, first, WorkSplit.start(rows, worker + 1, workers), 0, columns);
    } else {
      int first = WorkSplit.start(columns, worker, workers);
      multiply(worker, 0, rows, first, WorkSplit.start(columns, worker + 1, workers));
    }
  }

  /** Units are blocks of rows or columns, of consecutive groups of blocks of the other kind. */
  private void multiplyRemaining(int worker, int workers) {
    boolean groupsOfColumns = left.isPackedWhole();
    int rows = blocking.rowBlocks();
    int columns = blocking.columnBlocks() * sides.length;
    int group = groupsOfColumns ? blocking.columnBlocksAtOnce() : blocking.rowBlocksAtOnce();
    int inGroup = groupsOfColumns ? rows : columns;
    int units = Math.ceilDiv(groupsOfColumns ? columns : rows, group) * inGroup;
    for (int unit = next.get(); unit < units; unit = next.get()) {
      int first = unit % inGroup;
      int end = Math.min(inGroup, first + Math.max(1, (units - unit) / (GUIDE * workers)));
      if (next.compareAndSet(unit, unit + end - first)) {
        int firstInGroup = unit / inGroup * group;
        if (groupsOfColumns) {
          multiply(worker, first, end, firstInGroup, Math.min(columns, firstInGroup + group));
        } else {
          multiply(worker, firstInGroup, Math.min(rows, firstInGroup + group), first, end);
        }
      }
    }
  }

  private void multiply(int worker, int firstRow, int endRow, int firstColumn, int endColumn) {
    for (int p = from; p < to; p += blocking.depth()) {
      int depth = Math.min(blocking.depth(), k - p);
      shares[worker].multiply(firstRow, endRow, firstColumn, endColumn, p, depth, t);
    }
  }
}
