package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sets the step of a loop, which lies on the device, so that one compiled body serves all steps.
 *
 * @param factor 0 to forget the step before, 1 to go on from it
 * @param summand the first step, or how to go on
 */
record StepCounter(int factor, int summand) implements Kernel {

  static Launch start(int step) {
    return new Launch("start", new StepCounter(0, step), Grid.single());
  }

  static Launch advance(boolean reverse) {
    return new Launch("advance", new StepCounter(1, reverse ? -1 : 1), Grid.single());
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(task, StepCounter::compute, context, ints, factor, summand);
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(context, ints, factor, summand);
  }

  static void compute(KernelContext context, IntArray n, int factor, int summand) {
    if (context.globalIdx == 0) {
      n.set(STEP, n.get(STEP) * factor + summand);
    }
  }
}
