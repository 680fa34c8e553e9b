package org.charrnn.accel.tornado;

import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_A;
import static org.charrnn.accel.tornado.ProductTerm.TRANSPOSE_B;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A large tile of a matrix product on a GPU: a group of {@value #SIDE} x {@value #SIDE} work items
 * computes {@value #TILE} x {@value #TILE} elements, sixteen each, so that every number read from
 * local memory is used four times. {@link ProductWriter} writes those sums; this is what brings the
 * operands into local memory, {@value #DEPTH} of the inner axis at a time. They lie there with the
 * inner axis slowest, in rows of {@value #PITCH}, so that work items next to each other use
 * different banks.
 *
 * <p>Public because written kernels call it; see {@link MethodKernel}.
 */
public final class Block {

  static final int TILE = 64;
  static final int SIDE = 16; // work items along each axis of a group
  static final int DEPTH = 16;
  static final int PITCH = TILE + 1;

  private Block() {}

  /**
   * Brings the tiles of both operands that begin with {@code k} into local memory; the work items
   * of a group have to wait for one another afterwards.
   *
   * @param left where the tile of the first operand goes
   * @param right where the tile of the second operand goes
   * @param a where the first operand begins
   * @param b where the second operand begins
   * @param rows rows of the result
   * @param columns columns of the result
   * @param inner the axis that is summed over
   * @param layout see {@link ProductTerm#layout}
   */
  public static void load(
      KernelContext context,
      FloatArray m,
      float[] left,
      float[] right,
      int k,
      int a,
      int b,
      int rows,
      int columns,
      int inner,
      int layout) {
    int id = context.localIdy * SIDE + context.localIdx;
    int i0 = context.groupIdy * TILE;
    int j0 = context.groupIdx * TILE;
    for (int q = 0; q < TILE * DEPTH; q += SIDE * SIDE) {
      // Along the axis on which the operand's elements lie next to each other.
      int e = id + q;
      int ii = (layout & TRANSPOSE_A) != 0 ? e % TILE : e / DEPTH;
      int ka = (layout & TRANSPOSE_A) != 0 ? e / TILE : e % DEPTH;
      float fromA = 0;
      if (i0 + ii < rows && k + ka < inner) {
        fromA =
            m.get(
                a
                    + ((layout & TRANSPOSE_A) != 0
                        ? (k + ka) * rows + i0 + ii
                        : (i0 + ii) * inner + k + ka));
      }
      left[ka * PITCH + ii] = fromA;
      int jj = (layout & TRANSPOSE_B) != 0 ? e / DEPTH : e % TILE;
      int kb = (layout & TRANSPOSE_B) != 0 ? e % DEPTH : e / TILE;
      float fromB = 0;
      if (j0 + jj < columns && k + kb < inner) {
        fromB =
            m.get(
                b
                    + ((layout & TRANSPOSE_B) != 0
                        ? (j0 + jj) * inner + k + kb
                        : (k + kb) * columns + j0 + jj));
      }
      right[kb * PITCH + jj] = fromB;
    }
  }
}
