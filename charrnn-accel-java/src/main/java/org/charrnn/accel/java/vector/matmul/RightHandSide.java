package org.charrnn.accel.java.vector.matmul;

import org.charrnn.accel.java.runtime.Operand;
import org.jspecify.annotations.Nullable;

/**
 * A right operand of a product, with its addend and result.
 *
 * @param right the operand, {@code [k, n]}, or {@code [n, k]} if transposed
 * @param transposed whether it is stored transposed
 * @param addend {@code [m, n]}, or {@code [1, n]} for each row; null for zeros
 * @param result {@code [m, n]}
 * @param packed the operand as it was packed before the product; null if it was not
 */
record RightHandSide(
    Operand right,
    boolean transposed,
    @Nullable Operand addend,
    Operand result,
    @Nullable PackedRight packed) {

  /** Blocks of rows that must share a packed operand for packing to pay. */
  private static final int BLOCKS_WORTH_PACKING = 3;

  /** Rows up to which reading them in place touches few pages. */
  private static final int FEW_ROWS = 64;

  /** Floats after which addresses fall into the same set of a first-level cache. */
  private static final int CACHE_WAY = 1024;

  /**
   * The first block of columns that has to be packed while the product runs. The blocks before it
   * are read in place, which is impossible for the last one if it extends beyond the edge.
   */
  int firstPacked(Blocking blocking) {
    int n = result.columns();
    boolean fewUses = blocking.rowBlocks() < BLOCKS_WORTH_PACKING || right.rows() <= FEW_ROWS;
    if (packed != null) {
      return blocking.columnBlocks();
    } else if (transposed || !fewUses || n % CACHE_WAY == 0) {
      return 0;
    }
    return n / blocking.columns();
  }
}
