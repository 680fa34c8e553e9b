package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels that move numbers between what crosses to and from the device and the memory that stays
 * there.
 */
final class Transfers {

  private Transfers() {}

  /** Makes the runtime allocate and send both arrays. */
  static void touch(KernelContext context, FloatArray floats, IntArray ints) {
    if (context.globalIdx == 0) {
      floats.set(0, floats.get(0));
      ints.set(Clock.NOW, ints.get(Clock.NOW));
    }
  }

  /**
   * Distributes numbers: element {@code i} goes to the float of number {@code places[i]}, or to the
   * integer of number {@code -places[i]}; 0 is nowhere.
   */
  static void distribute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      IntArray places,
      FloatArray newFloats,
      IntArray newInts) {
    int i = context.globalIdx;
    int place = places.get(i);
    if (place > 0) {
      floats.set(place, newFloats.get(i));
    }
    if (place < 0) {
      ints.set(-place, newInts.get(i));
    }
  }

  /**
   * Copies {@code range[1]} floats from the beginning of {@code from} to place {@code range[0]}.
   */
  static void copyIn(KernelContext context, FloatArray floats, IntArray range, FloatArray from) {
    int i = context.globalIdx;
    if (i < range.get(1)) {
      floats.set(range.get(0) + i, from.get(i));
    }
  }

  /** Copies {@code range[1]} floats from place {@code range[0]} to the beginning of {@code to}. */
  static void copyOut(KernelContext context, FloatArray floats, IntArray range, FloatArray to) {
    int i = context.globalIdx;
    if (i < range.get(1)) {
      to.set(i, floats.get(range.get(0) + i));
    }
  }

  /**
   * Copies {@code range[1]} integers from place {@code range[0]} to the beginning of {@code to}.
   */
  static void copyOut(KernelContext context, IntArray ints, IntArray range, IntArray to) {
    int i = context.globalIdx;
    if (i < range.get(1)) {
      to.set(i, ints.get(range.get(0) + i));
    }
  }
}
