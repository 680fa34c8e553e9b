package org.charrnn.accel.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A large tile of a matrix product on a GPU: a group of {@value #SIDE} x {@value #SIDE} work items
 * computes {@value #TILE} x {@value #TILE} elements, sixteen each, so that every number read from
 * local memory is used four times. {@link LargeTileEmitter} writes the kernel; these are the parts
 * of it that depend on nothing but numbers.
 *
 * <p>The operands are copied to local memory {@value #DEPTH} positions of the inner axis at a time.
 * Both operands have one outer axis (the rows of the left one, the columns of the right one) and
 * the inner axis. In local memory the inner axis is the slower one, with a pitch of {@value
 * #PITCH}, so that adjacent work items use different banks.
 *
 * <p>No method takes a local array: TornadoVM 5.2 compiles a store to a local array that was passed
 * to another method with a wrong offset. The kernel itself reads and writes its local arrays.
 *
 * <p>Public because generated kernels call it; see {@link MethodKernel}.
 */
public final class LargeTile {

  public static final int TILE = 64;
  static final int SIDE = 16; // work items along each axis of a group
  static final int DEPTH = 16;
  static final int PITCH = TILE + 1;

  /** Elements of a tile of one operand that each work item copies. */
  static final int COPIES = TILE * DEPTH / (SIDE * SIDE);

  private LargeTile() {}

  /**
   * The index in local memory of the element that this work item copies.
   *
   * @param copy which of its {@value #COPIES} elements
   * @param isOuterContiguous whether elements along the outer axis are adjacent in global memory
   */
  public static int localIndex(KernelContext context, int copy, boolean isOuterContiguous) {
    int element = element(context, copy);
    int outer = isOuterContiguous ? element % TILE : element / DEPTH;
    int inner = isOuterContiguous ? element / TILE : element % DEPTH;
    return inner * PITCH + outer;
  }

  /**
   * The element that this work item copies, or 0 where the tile extends beyond the operand.
   *
   * @param copy which of its {@value #COPIES} elements
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
      int start,
      int group,
      int k,
      int outerSize,
      int innerSize,
      boolean isOuterContiguous) {
    int element = element(context, copy);
    int outer = group * TILE + (isOuterContiguous ? element % TILE : element / DEPTH);
    int inner = k + (isOuterContiguous ? element / TILE : element % DEPTH);
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
