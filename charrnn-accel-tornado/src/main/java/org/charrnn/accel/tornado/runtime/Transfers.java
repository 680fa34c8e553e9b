package org.charrnn.accel.tornado.runtime;

import static org.charrnn.accel.tornado.layout.LaunchPosition.COUNT;
import static org.charrnn.accel.tornado.layout.LaunchPosition.EXPECTED;
import static org.charrnn.accel.tornado.layout.LaunchPosition.MISSING;

import org.charrnn.accel.tornado.layout.StepCounter;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels that copy between arrays that are transferred and the memory that stays on the device.
 */
final class Transfers {

  private Transfers() {}

  /** Accesses both arrays, so that the runtime allocates and sends them. */
  static void touch(KernelContext context, FloatArray floats, IntArray ints) {
    if (context.globalIdx == 0) {
      floats.set(0, floats.get(0));
      ints.set(StepCounter.CURRENT, ints.get(StepCounter.CURRENT));
    }
  }

  /**
   * Distributes numbers: element {@code i} is stored as the float with index {@code indices[i]}, or
   * as the integer with index {@code -indices[i]}; 0 means neither.
   */
  static void distribute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      IntArray indices,
      FloatArray newFloats,
      IntArray newInts) {
    int i = context.globalIdx;
    if (i == 0) {
      ints.set(COUNT, ints.get(COUNT) + 1);
    }
    int index = indices.get(i);
    if (index > 0) {
      floats.set(index, newFloats.get(i));
    }
    if (index < 0) {
      ints.set(-index, newInts.get(i));
    }
  }

  /** Copies the first {@code range[1]} floats of {@code from} to index {@code range[0]}. */
  static void copyIn(
      KernelContext context, FloatArray floats, IntArray ints, IntArray range, FloatArray from) {
    int i = context.globalIdx;
    if (i == 0) {
      ints.set(COUNT, ints.get(COUNT) + 1);
    }
    if (i < range.get(1)) {
      floats.set(range.get(0) + i, from.get(i));
    }
  }

  /**
   * Copies {@code range[1]} floats from index {@code range[0]} to the start of {@code to}, and the
   * numbers of {@link org.charrnn.accel.tornado.layout.LaunchPosition} to {@code launches}.
   */
  static void copyOut(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      IntArray range,
      FloatArray to,
      IntArray launches) {
    int i = context.globalIdx;
    if (i == 0) {
      reportLaunches(ints, launches);
    }
    if (i < range.get(1)) {
      to.set(i, floats.get(range.get(0) + i));
    }
  }

  /**
   * Copies {@code range[1]} integers from index {@code range[0]} to the start of {@code to}, and
   * the numbers of {@link org.charrnn.accel.tornado.layout.LaunchPosition} to {@code launches}.
   */
  static void copyOut(
      KernelContext context, IntArray ints, IntArray range, IntArray to, IntArray launches) {
    int i = context.globalIdx;
    if (i == 0) {
      reportLaunches(ints, launches);
    }
    if (i < range.get(1)) {
      to.set(i, ints.get(range.get(0) + i));
    }
  }

  private static void reportLaunches(IntArray ints, IntArray launches) {
    int count = ints.get(COUNT) + 1;
    ints.set(COUNT, count);
    launches.set(0, count);
    launches.set(1, ints.get(EXPECTED));
    launches.set(2, ints.get(MISSING));
  }
}
