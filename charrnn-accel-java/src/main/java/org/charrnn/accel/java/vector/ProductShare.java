package org.charrnn.accel.java.vector;

import org.jspecify.annotations.Nullable;

/**
 * What one thread does of a {@link Product}: some blocks of the result.
 *
 * <p><b>Thread safety.</b> None, each thread has its own.
 */
final class ProductShare {

  private final LeftOperand left;
  private final Factor[] factors;
  private final int[] firstPacked; // of each factor
  private final Tile[] packedTiles; // for whole blocks of rows, and for the last one
  private final Tile[] inPlaceTiles; // the same where the right operand was not packed
  private final Blocking blocking;
  private final int start; // of what was packed while the product runs, in the arena
  private final Workers workers;
  private final Scratch scratch;
  private final int m;
  private final int n;
  private int step;
  private int p; // where the part of the sums begins that is being done
  private int depth;
  private float[] right; // holds the block of columns at hand
  private int rightOffset;
  private Tile[] tiles;

  ProductShare(
      LeftOperand left, Factor[] factors, Blocking blocking, int start, Workers workers, int part) {
    this.left = left;
    this.factors = factors;
    this.blocking = blocking;
    this.start = start;
    this.workers = workers;
    this.scratch = workers.scratch(part);
    this.m = factors[0].result().rows();
    this.n = factors[0].result().columns();
    this.firstPacked = new int[factors.length];
    for (int i = 0; i < factors.length; i++) {
      firstPacked[i] = factors[i].firstPacked(blocking);
    }
    this.packedTiles = tiles(blocking.columns());
    this.inPlaceTiles = tiles(n);
    this.tiles = packedTiles;
    this.right = scratch.zeros;
  }

  private Tile[] tiles(int rightStride) {
    int last = blocking.rows(blocking.rowBlocks() - 1, m);
    return new Tile[] {
      workers.tiles().tile(new TileShape(blocking.rows(), blocking.vectors(), rightStride)),
      workers.tiles().tile(new TileShape(last, blocking.vectors(), rightStride))
    };
  }

  /** Does a part of the sums for some blocks; those of columns are counted through all factors. */
  void multiply(
      int firstRow, int endRow, int firstColumn, int endColumn, int p, int depth, int step) {
    this.p = p;
    this.depth = depth;
    this.step = step;
    if (left.isPackedWhole()) {
      multiplyGroupsOfColumns(firstRow, endRow, firstColumn, endColumn);
    } else {
      multiplyGroupsOfRows(firstRow, endRow, firstColumn, endColumn);
    }
  }

  private void multiplyGroupsOfRows(int firstRow, int endRow, int firstColumn, int endColumn) {
    for (int from = firstRow; from < endRow; from += blocking.rowBlocksAtOnce()) {
      int to = Math.min(endRow, from + blocking.rowBlocksAtOnce());
      left.pack(from, to, p, depth, step, scratch.left);
      for (int column = firstColumn; column < endColumn; column++) {
        takeRight(column);
        for (int row = from; row < to; row++) {
          multiply(row, from, column);
        }
      }
    }
  }

  private void multiplyGroupsOfColumns(int firstRow, int endRow, int firstColumn, int endColumn) {
    for (int from = firstColumn; from < endColumn; from += blocking.columnBlocksAtOnce()) {
      int to = Math.min(endColumn, from + blocking.columnBlocksAtOnce());
      for (int row = firstRow; row < endRow; row++) {
        for (int column = from; column < to; column++) {
          takeRight(column);
          multiply(row, 0, column);
        }
      }
    }
  }

  /** Finds out where a block of columns of the right operand is. */
  private void takeRight(int column) {
    int block = column % blocking.columnBlocks();
    Factor factor = factors[column / blocking.columnBlocks()];
    PackedRight packed = factor.packed();
    tiles = packedTiles;
    if (packed != null) {
      right = packed.array();
      rightOffset = packed.offset(block, p);
    } else if (block >= firstPacked[column / blocking.columnBlocks()]) {
      right = workers.arena().floats();
      rightOffset = start + column * blocking.packedBlock();
    } else {
      tiles = inPlaceTiles;
      right = factor.right().floats();
      rightOffset = factor.right().offset(step) + p * n + block * blocking.columns();
    }
  }

  private void multiply(int rowBlock, int firstRowBlock, int columnBlock) {
    Factor factor = factors[columnBlock / blocking.columnBlocks()];
    int row = rowBlock * blocking.rows();
    int column = columnBlock % blocking.columnBlocks() * blocking.columns();
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
    float[] a = left.array(scratch.left);
    int aOffset = left.offset(rowBlock, firstRowBlock, p, depth, step);
    int rows = blocking.rows(rowBlock, m);
    Tile tile = tiles[rows == blocking.rows() ? 0 : 1];
    int columns = Math.min(blocking.columns(), n - column);
    if (columns == blocking.columns()) {
      tile.run(depth, a, aOffset, right, rightOffset, d, dOffset, dStride, c, cOffset, n);
      return;
    }
    float[] edge = scratch.edge;
    int width = blocking.columns();
    copy(d, dOffset, dStride, edge, 0, width, rows, columns);
    tile.run(depth, a, aOffset, right, rightOffset, edge, 0, width, edge, 0, width);
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
