package org.charrnn.accel.java.vector.matmul;

import org.charrnn.accel.java.runtime.Operand;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Product} that one worker computes: some blocks of the result.
 *
 * <p><b>Thread safety.</b> None; each worker has its own.
 */
final class ProductShare {

  private final LeftOperand left;
  private final RightHandSide[] sides;
  private final int[] firstPacked; // of each side
  private final RegisterTile[] packedTiles; // for whole blocks of rows, and for the last one
  private final RegisterTile[] inPlaceTiles; // the same where the right operand was not packed
  private final Blocking blocking;
  private final int start; // of right operands packed while the product runs, in the arena
  private final PackingArena arena;
  private final Scratch scratch;
  private final int m;
  private final int n;
  private int t;
  private int p; // the first term of the part of the sums that is being computed
  private int depth;
  private float[] right; // contains the current block of columns
  private int rightOffset;
  private RegisterTile[] tiles;
  private int packedFrom; // the blocks of rows that are packed, and which part of their sums
  private int packedTo;
  private int packedPart;

  ProductShare(
      LeftOperand left,
      RightHandSide[] sides,
      Blocking blocking,
      int start,
      PackingArena arena,
      Scratch scratch,
      TileEmitter emitter) {
    this.left = left;
    this.sides = sides;
    this.blocking = blocking;
    this.start = start;
    this.arena = arena;
    this.scratch = scratch;
    this.m = sides[0].result().rows();
    this.n = sides[0].result().columns();
    this.firstPacked = new int[sides.length];
    for (int i = 0; i < sides.length; i++) {
      firstPacked[i] = sides[i].firstPacked(blocking);
    }
    this.packedTiles = tiles(emitter, blocking.columns());
    this.inPlaceTiles = tiles(emitter, n);
    this.tiles = packedTiles;
    this.right = scratch.zeros;
  }

  private RegisterTile[] tiles(TileEmitter emitter, int rightStride) {
    int last = blocking.rows(blocking.rowBlocks() - 1, m);
    return new RegisterTile[] {
      emitter.tile(new TileShape(blocking.rows(), blocking.vectors(), rightStride)),
      emitter.tile(new TileShape(last, blocking.vectors(), rightStride))
    };
  }

  /** The left operand may have changed since the last product. */
  void begin() {
    packedTo = 0;
  }

  /**
   * Computes a part of the sums for some blocks; blocks of columns are counted through all sides.
   */
  void multiply(int firstRow, int endRow, int firstColumn, int endColumn, int p, int depth, int t) {
    this.p = p;
    this.depth = depth;
    this.t = t;
    if (left.isPackedWhole()) {
      multiplyGroupsOfColumns(firstRow, endRow, firstColumn, endColumn);
    } else {
      multiplyGroupsOfRows(firstRow, endRow, firstColumn, endColumn);
    }
  }

  private void multiplyGroupsOfRows(int firstRow, int endRow, int firstColumn, int endColumn) {
    for (int from = firstRow; from < endRow; from += blocking.rowBlocksAtOnce()) {
      int to = Math.min(endRow, from + blocking.rowBlocksAtOnce());
      pack(from, to);
      for (int column = firstColumn; column < endColumn; column++) {
        takeRight(column);
        for (int row = from; row < to; row++) {
          multiply(row, from, column);
        }
      }
    }
  }

  /** Packs blocks of rows, unless this worker has just done so for other columns. */
  private void pack(int from, int to) {
    if (from != packedFrom || to != packedTo || p != packedPart) {
      left.pack(from, to, p, depth, t, scratch.left);
      packedFrom = from;
      packedTo = to;
      packedPart = p;
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

  /** Finds the array and index of a block of columns of the right operand. */
  private void takeRight(int column) {
    int block = column % blocking.columnBlocks();
    RightHandSide side = sides[column / blocking.columnBlocks()];
    PackedRight packed = side.packed();
    tiles = packedTiles;
    if (packed != null) {
      right = packed.array();
      rightOffset = packed.offset(block, p);
    } else if (block >= firstPacked[column / blocking.columnBlocks()]) {
      right = arena.floats();
      rightOffset = start + column * blocking.packedBlock();
    } else {
      tiles = inPlaceTiles;
      right = side.right().array(t);
      rightOffset = side.right().start(t) + p * n + block * blocking.columns();
    }
  }

  private void multiply(int rowBlock, int firstRowBlock, int columnBlock) {
    RightHandSide side = sides[columnBlock / blocking.columnBlocks()];
    int row = rowBlock * blocking.rows();
    int column = columnBlock % blocking.columnBlocks() * blocking.columns();
    float[] c = side.result().array(t);
    int cOffset = side.result().start(t) + row * n + column;
    float[] d = c;
    int dOffset = cOffset;
    int dStride = n;
    @Nullable Operand addend = side.addend();
    if (p == 0) {
      d = addend == null ? scratch.zeros : addend.array(t);
      dStride = addend == null || addend.rows() < m ? 0 : n;
      dOffset = addend == null ? 0 : addend.start(t) + row * dStride + column;
    }
    float[] a = left.array(scratch.left, t);
    int aOffset = left.offset(rowBlock, firstRowBlock, p, depth, t);
    int rows = blocking.rows(rowBlock, m);
    RegisterTile tile = tiles[rows == blocking.rows() ? 0 : 1];
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
