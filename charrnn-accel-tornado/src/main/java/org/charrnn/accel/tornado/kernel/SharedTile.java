package org.charrnn.accel.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A tile of a matrix product on a GPU: a work-group of {@value #SIDE} x {@value #SIDE} work items
 * computes as many elements, one each, and shares tiles of the operands in local memory.
 *
 * <p>Public because generated kernels call it; see {@link MethodKernel}.
 */
public final class SharedTile {

  static final int SIDE = 16;

  private SharedTile() {}

  /**
   * The element of the product that belongs to this work item. All work items of a group have to
   * call it, also those whose element is beyond the last row or column.
   *
   * @param a the index of the first element of the left operand
   * @param b the index of the first element of the right operand
   * @param rows the number of rows of the result
   * @param columns the number of columns of the result
   * @param inner the size of the axis that is summed over
   * @param transposeA whether the left operand is stored transposed
   * @param transposeB whether the right operand is stored transposed
   */
  public static float dot(
      KernelContext context,
      FloatArray floats,
      int a,
      int b,
      int rows,
      int columns,
      int inner,
      boolean transposeA,
      boolean transposeB) {
    int x = context.localIdx;
    int y = context.localIdy;
    int j = context.globalIdx;
    int i = context.globalIdy;
    int aRow = transposeA ? 1 : inner;
    int aNext = transposeA ? rows : 1;
    int bNext = transposeB ? 1 : columns;
    int bColumn = transposeB ? inner : 1;
    // A transposed operand is read along its own rows, so that adjacent work items read adjacent
    // elements.
    int aI = transposeA ? i - y + x : i;
    int aK = transposeA ? y : x;
    int bJ = transposeB ? j - x + y : j;
    int bK = transposeB ? x : y;
    int aTo = transposeA ? x * SIDE + y : y * SIDE + x;
    int bTo = transposeB ? x * SIDE + y : y * SIDE + x;
    float[] left = context.allocateFloatLocalArray(SIDE * SIDE);
    float[] right = context.allocateFloatLocalArray(SIDE * SIDE);
    float sum = 0;
    for (int k = 0; k < inner; k += SIDE) {
      float fromA = 0;
      if (aI < rows && k + aK < inner) {
        fromA = floats.get(a + aI * aRow + (k + aK) * aNext);
      }
      float fromB = 0;
      if (bJ < columns && k + bK < inner) {
        fromB = floats.get(b + bJ * bColumn + (k + bK) * bNext);
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
