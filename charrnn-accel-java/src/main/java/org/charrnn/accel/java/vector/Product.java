package org.charrnn.accel.java.vector;

import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products of one left operand with one or more right ones, in blocks that stay in registers
 * (Goto, van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34, 2008):
 * rows of the left operand are packed for the second-level cache, columns of the right one for the
 * first.
 *
 * <p>Threads share out rows of the results if these are many, else columns; no sum is split.
 */
final class Product implements Step, Team.Task {

  /** Multiply-adds that take about as long as handing a share to another thread ten times. */
  private static final long WORTH_SHARING = 1 << 20;

  private final View left;
  private final boolean transposedLeft;
  private final Factor[] factors;
  private final int m;
  private final int n;
  private final int k;
  private final Blocking blocking;
  private final Tile tile;
  private final Tile lastTile; // for the last block of rows, which may have fewer
  private final Workers workers;
  private final boolean shared;
  private final boolean byRows;
  private int step;

  /**
   * Prepares a product.
   *
   * @param factors right operands, all of the same shape
   */
  Product(View left, boolean transposedLeft, List<Factor> factors, Workers workers) {
    this.left = left;
    this.transposedLeft = transposedLeft;
    this.factors = factors.toArray(Factor[]::new);
    this.m = transposedLeft ? left.columns() : left.rows();
    this.k = transposedLeft ? left.rows() : left.columns();
    this.n = factors.getFirst().result().columns();
    this.workers = workers;
    this.blocking = Blocking.of(m, n, k);
    this.tile = workers.tiles().tile(blocking.rows(), blocking.vectors());
    this.lastTile =
        workers.tiles().tile(blocking.rows(blocking.rowBlocks() - 1, m), blocking.vectors());
    this.shared = (long) m * n * k * factors.size() >= WORTH_SHARING;
    this.byRows = blocking.rowBlocks() >= 8 * workers.team().size();
    workers.reserve(
        Math.min(blocking.rowBlocksAtOnce(), blocking.rowBlocks())
            * blocking.rows()
            * blocking.depth(),
        blocking.columns() * blocking.depth(),
        blocking.columns() * blocking.rows());
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, shared);
  }

  @Override
  public void run(int part, int parts) {
    Scratch scratch = workers.scratch(part);
    int columnBlocks = blocking.columnBlocks() * factors.length;
    if (byRows) {
      multiply(
          scratch,
          blocking.rowBlocks() * part / parts,
          blocking.rowBlocks() * (part + 1) / parts,
          0,
          columnBlocks);
    } else {
      multiply(
          scratch,
          0,
          blocking.rowBlocks(),
          columnBlocks * part / parts,
          columnBlocks * (part + 1) / parts);
    }
  }

  /** Computes some blocks of rows; blocks of columns are counted through all factors. */
  private void multiply(Scratch scratch, int firstRow, int endRow, int firstColumn, int endColumn) {
    for (int rows = firstRow; rows < endRow; rows += blocking.rowBlocksAtOnce()) {
      int rowsEnd = Math.min(endRow, rows + blocking.rowBlocksAtOnce());
      for (int p = 0; p < k; p += blocking.depth()) {
        int depth = Math.min(blocking.depth(), k - p);
        packLeft(scratch, rows, rowsEnd, p, depth);
        for (int column = firstColumn; column < endColumn; column++) {
          Factor factor = factors[column / blocking.columnBlocks()];
          int block = column % blocking.columnBlocks();
          float[] right = scratch.right;
          int rightOffset = 0;
          PackedRight packed = factor.packed();
          if (packed != null) {
            right = packed.array();
            rightOffset = packed.offset(block, p);
          } else {
            PackedRight.pack(
                factor.right(),
                factor.transposed(),
                k,
                n,
                blocking,
                block,
                p,
                depth,
                step,
                right,
                rightOffset);
          }
          for (int row = rows; row < rowsEnd; row++) {
            int leftOffset = (row - rows) * blocking.rows() * depth;
            multiplyBlock(scratch, factor, row, block, p, depth, leftOffset, right, rightOffset);
          }
        }
      }
    }
  }

  private void packLeft(Scratch scratch, int rows, int rowsEnd, int p, int depth) {
    int lineStride = transposedLeft ? 1 : k;
    int stride = transposedLeft ? m : 1;
    for (int row = rows; row < rowsEnd; row++) {
      int first = row * blocking.rows();
      Packing.pack(
          left.floats(),
          left.offset(step) + first * lineStride + p * stride,
          lineStride,
          stride,
          blocking.rows(row, m),
          depth,
          scratch.left,
          (row - rows) * blocking.rows() * depth,
          blocking.rows(row, m));
    }
  }

  private void multiplyBlock(
      Scratch scratch,
      Factor factor,
      int rowBlock,
      int columnBlock,
      int p,
      int depth,
      int leftOffset,
      float[] right,
      int rightOffset) {
    int row = rowBlock * blocking.rows();
    int column = columnBlock * blocking.columns();
    float[] c = factor.result().floats();
    int cOffset = factor.result().offset(step) + row * n + column;
    float[] d = c;
    int dOffset = cOffset;
    int dStride = n;
    @Nullable View addend = factor.addend();
    if (p == 0) {
      d = addend == null ? scratch.zeros : addend.floats();
      dStride = addend == null || addend.rows() < m ? 0 : n;
      dOffset = addend == null ? 0 : addend.offset(step) + row * dStride + column;
    }
    int rows = blocking.rows(rowBlock, m);
    Tile kernel = rows == blocking.rows() ? tile : lastTile;
    int columns = Math.min(blocking.columns(), n - column);
    if (columns == blocking.columns()) {
      kernel.run(
          depth, scratch.left, leftOffset, right, rightOffset, d, dOffset, dStride, c, cOffset, n);
      return;
    }
    float[] edge = scratch.edge;
    int width = blocking.columns();
    copy(d, dOffset, dStride, edge, 0, width, rows, columns);
    kernel.run(depth, scratch.left, leftOffset, right, rightOffset, edge, 0, width, edge, 0, width);
    copy(edge, 0, width, c, cOffset, n, rows, columns);
  }

  private static void copy(
      float[] from,
      int offset,
      int stride,
      float[] to,
      int toOffset,
      int toStride,
      int rows,
      int columns) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from, offset + i * stride, to, toOffset + i * toStride, columns);
    }
  }
}
