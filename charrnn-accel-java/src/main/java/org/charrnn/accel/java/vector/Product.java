package org.charrnn.accel.java.vector;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.charrnn.accel.java.team.Team;

/**
 * Matrix products of one left operand with one or more right ones, in blocks that stay in registers
 * (Goto, van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34, 2008).
 *
 * <p>The sums are done a part of their length at a time. For each part the threads pack the right
 * operands together, once for all of them, and the left one if it is stored transposed; then each
 * thread computes its share of the result, and while it does so keeps some rows of the left operand
 * in its second-level cache, or, if the left one is packed already, some columns of the right ones.
 * No sum is split between threads.
 *
 * <p>Of a large product a thread takes a piece whenever it has nothing to do, first large pieces,
 * then smaller ones (guided self-scheduling: Polychronopoulos, Kuck, IEEE Transactions on Computers
 * C-36, 1987), so that none waits long for one whose processor is slower at the time.
 */
final class Product implements Step, Team.Task {

  /** Multiply-adds that take about as long as handing a share to another thread ten times. */
  private static final long WORTH_SHARING = 1 << 20;

  /** Multiply-adds that take longer than processors are equally fast for. */
  private static final long LARGE = 1 << 27;

  /** Of its equal share of what is left a thread takes one part in so many at a time. */
  private static final int GUIDE = 4;

  /** The fewest blocks of columns that a thread takes at a time if it packs rows for each piece. */
  private static final int FEWEST_UNITS = 4;

  private final LeftOperand left;
  private final Factor[] factors;
  private final int k;
  private final Blocking blocking;
  private final Workers workers;
  private final ProductShare[] shares;
  private final Team.Task packing = this::pack;
  private final int packed; // how much is packed by all threads for each part of the sums
  private final int start; // of packed right operands in the arena
  private final boolean shared;
  private final boolean byRows;
  private final boolean large;
  private final AtomicInteger next = new AtomicInteger(); // the first unit that nobody has taken
  private int step;
  private int from; // the part of the sums that is being done
  private int to;

  /**
   * Prepares a product.
   *
   * @param factors right operands, all of the same shape
   */
  Product(View left, boolean transposedLeft, List<Factor> factors, Workers workers) {
    int m = transposedLeft ? left.columns() : left.rows();
    int n = factors.getFirst().result().columns();
    this.k = transposedLeft ? left.rows() : left.columns();
    this.factors = factors.toArray(Factor[]::new);
    this.workers = workers;
    this.blocking = Blocking.of(m, n, k);
    this.shared = (long) m * n * k * factors.size() >= WORTH_SHARING;
    this.large = (long) m * n * k * factors.size() >= LARGE;
    this.byRows = isSharedByRows(m, factors.size());
    this.left = new LeftOperand(left, transposedLeft, blocking, workers.arena());
    int right = 0;
    for (Factor factor : factors) {
      int blocks = blocking.columnBlocks() - factor.firstPacked(blocking);
      right = Math.addExact(right, Math.multiplyExact(blocks, blocking.packedBlock()));
    }
    this.packed = right + (this.left.isPackedWhole() ? m * blocking.depth() : 0);
    this.start =
        workers
            .arena()
            .take(
                right == 0 ? 0 : factors.size() * blocking.columnBlocks() * blocking.packedBlock());
    workers.reserve(this.left.scratchSize(), blocking.columns() * blocking.rows());
    this.shares =
        IntStream.range(0, workers.team().size())
            .mapToObj(
                part -> new ProductShare(this.left, this.factors, blocking, start, workers, part))
            .toArray(ProductShare[]::new);
  }

  /**
   * Whether threads share out rows, not columns. If both can be shared equally, then what is
   * larger, the result or a right operand, is divided among them, so that each one fetches only its
   * part.
   */
  private boolean isSharedByRows(int m, int factors) {
    double rows = imbalance(blocking.rowBlocks());
    double columns = imbalance(blocking.columnBlocks() * factors);
    return rows < columns || (rows == columns && m >= k);
  }

  /** How much longer than an equal share the largest one takes, for blocks of one kind. */
  private double imbalance(int blocks) {
    int threads = workers.team().size();
    return (double) Blocking.divideUp(blocks, threads) * threads / blocks;
  }

  @Override
  public void run(int step) {
    this.step = step;
    int stretch = packed == 0 ? k : blocking.depth();
    for (from = 0; from < k; from += stretch) {
      to = Math.min(k, from + stretch);
      if (packed > 0) {
        workers.run(packing, packed >= PackedRight.WORTH_SHARING);
      }
      next.set(0);
      workers.run(this, shared);
    }
  }

  private void pack(int part, int parts) {
    if (left.isPackedWhole()) {
      left.packWhole(part, parts, from, to - from, step);
    }
    int blocks = blocking.columnBlocks();
    for (int i = 0; i < factors.length; i++) {
      Factor factor = factors[i];
      int first = factor.firstPacked(blocking);
      int begin = first + (blocks - first) * part / parts;
      PackedRight.pack(
          factor.right(),
          factor.transposed(),
          blocking,
          begin,
          first + (blocks - first) * (part + 1) / parts,
          from,
          to - from,
          step,
          workers.arena().floats(),
          start + (i * blocks + begin) * blocking.packedBlock(),
          blocking.packedBlock());
    }
  }

  @Override
  public void run(int part, int parts) {
    int rows = blocking.rowBlocks();
    int columns = blocking.columnBlocks() * factors.length;
    if (parts > 1 && large) {
      multiplyWhatIsLeft(part, parts);
    } else if (byRows) {
      multiply(part, rows * part / parts, rows * (part + 1) / parts, 0, columns);
    } else {
      multiply(part, 0, rows, columns * part / parts, columns * (part + 1) / parts);
    }
  }

  /**
   * Units are blocks of rows or columns, of one group of blocks of the other kind after the other.
   */
  private void multiplyWhatIsLeft(int part, int parts) {
    boolean groupsOfColumns = left.isPackedWhole();
    int rows = blocking.rowBlocks();
    int columns = blocking.columnBlocks() * factors.length;
    int group = groupsOfColumns ? blocking.columnBlocksAtOnce() : blocking.rowBlocksAtOnce();
    int inGroup = groupsOfColumns ? rows : columns;
    int units = Blocking.divideUp(groupsOfColumns ? columns : rows, group) * inGroup;
    int fewest = groupsOfColumns ? 1 : FEWEST_UNITS;
    for (int unit = next.get(); unit < units; unit = next.get()) {
      int first = unit % inGroup;
      int end = Math.min(inGroup, first + Math.max(fewest, (units - unit) / (GUIDE * parts)));
      if (next.compareAndSet(unit, unit + end - first)) {
        int from = unit / inGroup * group;
        if (groupsOfColumns) {
          multiply(part, first, end, from, Math.min(columns, from + group));
        } else {
          multiply(part, from, Math.min(rows, from + group), first, end);
        }
      }
    }
  }

  private void multiply(int part, int firstRow, int endRow, int firstColumn, int endColumn) {
    for (int p = from; p < to; p += blocking.depth()) {
      int depth = Math.min(blocking.depth(), k - p);
      shares[part].multiply(firstRow, endRow, firstColumn, endColumn, p, depth, step);
    }
  }
}
