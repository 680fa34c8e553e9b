package org.charrnn.accel.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A large tile of a matrix product on a GPU: a group of {@value #SIDE} x {@value #SIDE} work items
 * computes so many elements along each axis that each work item has 4 x 4 or 8 x 8 of them. So each
 * number that it reads from local memory is used four or eight times. {@link LargeTileEmitter}
 * writes the kernel; these are the parts of it that depend on nothing but numbers.
 *
 * <p>The operands are copied to local memory {@value #DEPTH} positions of the inner axis at a time.
 * Both operands have one outer axis (the rows of the left one, the columns of the right one) and
 * the inner axis. In local memory the inner axis is the slower one, with a pitch of one element
 * more than the tile has, so that adjacent work items use different banks.
 *
 * <p>No method takes a local array: TornadoVM 5.2 compiles a store to a local array that was passed
 * to another method with a wrong offset. The kernel itself reads and writes its local arrays.
 *
 * <p>Public because generated kernels call it; see {@link MethodKernel}.
 */
public final class LargeTile {

  static final int SIDE = 16; // work items along each axis of a group
  static final int DEPTH = 16;

  private LargeTile() {}

  /** The number of elements of a tile along each axis if a work item has {@code each}. */
  public static int size(int each) {
    return SIDE * each;
  }

  /**
   * The index in local memory of the element that this work item copies.
   *
   * @param copy which of its elements
   * @param tile the number of elements of a tile along its outer axis
   * @param isOuterContiguous whether elements along the outer axis are adjacent in global memory
   */
  public static int localIndex(
      KernelContext context, int copy, int tile, boolean isOuterContiguous) {
    int element = element(context, copy);
    int outer = isOuterContiguous ? element % tile : element / DEPTH;
    int inner = isOuterContiguous ? element / tile : element % DEPTH;
    return inner * (tile + 1) + outer;
  }

  /**
   * The element that this work item copies, or 0 where the tile extends beyond the operand.
   *
   * @param copy which of its elements
   * @param tile the number of elements of a tile along its outer axis
   * @param start the index of the operand's first element
   * @param group the group's index along the outer axis
   * @param k the first position of the tile on the inner axis
   * @param outerSize the size of the operand along its outer axis
   * @param innerSize the size of the operand along its inner axis
   * @param isOuterContiguous whether elements along the outer axis are adjacent in global memory
   */
  public static float element(
      KernelContext context,
      FloatArray floats,
      int copy,
      int tile,
      int start,
      int group,
      int k,
      int outerSize,
      int innerSize,
      boolean isOuterContiguous) {
    int element = element(context, copy);
    int outer = group * tile + (isOuterContiguous ? element % tile : element / DEPTH);
    int inner = k + (isOuterContiguous ? element / tile : element % DEPTH);
    float value = 0;
    if (outer < outerSize && inner < innerSize) {
      int index = isOuterContiguous ? inner * outerSize + outer : outer * innerSize + inner;
      value = floats.get(start + index);
    }
    return value;
  }

  /** Counted along the axis that is contiguous in global memory. */
  private static int element(KernelContext context, int copy) {
    return (copy * SIDE + context.localIdy) * SIDE + context.localIdx;
  }
}
