package org.charrnn.accel.tornado;

import org.charrnn.graph.CounterRandom;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Random numbers: a work item makes one, from the seed and its own number. */
record UniformNumbers(Span seed, int salt, Span result) implements Kernel {

  Launch launch() {
    return new Launch("uniform", this, Grid.of(result.elements()));
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        UniformNumbers::compute,
        context,
        floats,
        ints,
        seed.base(),
        seed.step(),
        salt,
        result.base(),
        result.step(),
        result.elements());
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(
        context,
        floats,
        ints,
        seed.base(),
        seed.step(),
        salt,
        result.base(),
        result.step(),
        result.elements());
  }

  static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int seed,
      int seedStep,
      int salt,
      int result,
      int resultStep,
      int elements) {
    int e = context.globalIdx;
    if (e < elements) {
      int t = n.get(STEP);
      m.set(
          result + t * resultStep + e, CounterRandom.uniform(n.get(seed + t * seedStep), salt, e));
    }
  }
}
