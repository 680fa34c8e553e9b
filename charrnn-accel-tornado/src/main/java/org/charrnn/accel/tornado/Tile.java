package org.charrnn.accel.tornado;

import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_A;
import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_B;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A tile of a matrix product on a GPU: a group of {@value #SIDE} x {@value #SIDE} work items
 * computes as many elements, one each, and shares tiles of the operands in local memory.
 *
 * <p>Public because written kernels call it, and those are in a package of their own, of the same
 * name; see {@link KernelClass}.
 */
public final class Tile {

  static final int SIDE = 16;

  private Tile() {}

  /**
   * The element of the product that belongs to this work item; all of a group have to call it, also
   * those whose element lies beyond the last row or column.
   *
   * @param a where the first operand begins
   * @param b where the second operand begins
   * @param rows rows of the result
   * @param columns columns of the result
   * @param inner the axis that is summed over
   * @param layout see {@link ProductTerm#layout}
   */
  public static float dot(
      KernelContext context,
      FloatArray m,
      int a,
      int b,
      int rows,
      int columns,
      int inner,
      int layout) {
    int x = context.localIdx;
    int y = context.localIdy;
    int j = context.globalIdx;
    int i = context.globalIdy;
    int aRow = (layout & TRANSPOSE_A) != 0 ? 1 : inner;
    int aNext = (layout & TRANSPOSE_A) != 0 ? rows : 1;
    int bNext = (layout & TRANSPOSE_B) != 0 ? 1 : columns;
    int bColumn = (layout & TRANSPOSE_B) != 0 ? inner : 1;
    // A transposed operand is read along its own rows: work items next to each other read what lies
    // next to each other.
    int aI = (layout & TRANSPOSE_A) != 0 ? i - y + x : i;
    int aK = (layout & TRANSPOSE_A) != 0 ? y : x;
    int bJ = (layout & TRANSPOSE_B) != 0 ? j - x + y : j;
    int bK = (layout & TRANSPOSE_B) != 0 ? x : y;
    int aTo = (layout & TRANSPOSE_A) != 0 ? x * SIDE + y : y * SIDE + x;
    int bTo = (layout & TRANSPOSE_B) != 0 ? x * SIDE + y : y * SIDE + x;
    float[] left = context.allocateFloatLocalArray(SIDE * SIDE);
    float[] right = context.allocateFloatLocalArray(SIDE * SIDE);
    float sum = 0;
    for (int k = 0; k < inner; k += SIDE) {
      float fromA = 0;
      if (aI < rows && k + aK < inner) {
        fromA = m.get(a + aI * aRow + (k + aK) * aNext);
      }
      float fromB = 0;
      if (bJ < columns && k + bK < inner) {
        fromB = m.get(b + bJ * bColumn + (k + bK) * bNext);
      }
      left[aTo] = fromA;
      right[bTo] = fromB;
      context.localBarrier();
      for (int p = 0; p < SIDE; p++) {
        sum += left[y * SIDE + p] * right[p * SIDE + x];
      }
      context.localBarrier();
    }
    return sum;
  }
}
