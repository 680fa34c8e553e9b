package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A kernel whose class is written when it is needed; all its numbers are constants there. */
interface WrittenKernel extends Kernel {

  @Override
  default void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(task, asJava(), context, floats, ints);
  }

  @Override
  default void run(KernelContext context, FloatArray floats, IntArray ints) {
    asJava().apply(context, floats, ints);
  }
}
