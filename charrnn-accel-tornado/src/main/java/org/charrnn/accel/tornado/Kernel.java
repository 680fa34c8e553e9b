package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What a device runs, with all its numbers: where operands lie in the memory of the device and how
 * large they are. TornadoVM compiles those into the kernel as constants.
 *
 * <p>Element {@link #STEP} of the integers is the step of the surrounding loop; see {@link Span}.
 */
interface Kernel {

  /** Where the integers hold the step of the loop that is running. */
  int STEP = 0;

  /** Makes this a task of {@code graph}. */
  void addTo(TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints);

  /** Does the work of the one work item that {@code context} stands for, as plain Java. */
  void run(KernelContext context, FloatArray floats, IntArray ints);

  /** Whether the work items of a group wait for one another. */
  default boolean waits() {
    return false;
  }

  /** What {@link #run} does, prepared for many work items. */
  default Task3<KernelContext, FloatArray, IntArray> asJava() {
    return this::run;
  }
}
