package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** For each of some ids the place where it occurs first: a work item does one id. */
record FirstPlaces(Span ids, Span places) implements Kernel {

  Launch launch() {
    return new Launch("places", this, Grid.of(ids.elements()));
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        FirstPlaces::compute,
        context,
        ints,
        ids.base(),
        ids.step(),
        ids.elements(),
        places.base());
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(context, ints, ids.base(), ids.step(), ids.elements(), places.base());
  }

  static void compute(
      KernelContext context, IntArray n, int ids, int idsStep, int count, int places) {
    int i = context.globalIdx;
    if (i < count) {
      int from = ids + n.get(STEP) * idsStep;
      int id = n.get(from + i);
      int first = i;
      for (int k = i - 1; k >= 0; k--) {
        if (n.get(from + k) == id) {
          first = k;
        }
      }
      n.set(places + i, first);
    }
  }
}
