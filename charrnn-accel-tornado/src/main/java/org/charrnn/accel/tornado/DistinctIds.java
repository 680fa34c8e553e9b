package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The distinct ids in order of first occurrence, and where among them each id stands, from what
 * {@link FirstPlaces} found: a work item does one id, by counting how many distinct ones begin
 * before it.
 */
record DistinctIds(Span ids, Span places, Span distinct, Span slots) implements Kernel {

  Launch launch() {
    return new Launch("distinct", this, Grid.of(ids.elements()));
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        DistinctIds::compute,
        context,
        ints,
        ids.base(),
        ids.step(),
        ids.elements(),
        places.base(),
        distinct.base(),
        distinct.step(),
        distinct.elements(),
        slots.base(),
        slots.step());
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(
        context,
        ints,
        ids.base(),
        ids.step(),
        ids.elements(),
        places.base(),
        distinct.base(),
        distinct.step(),
        distinct.elements(),
        slots.base(),
        slots.step());
  }

  static void compute(
      KernelContext context,
      IntArray n,
      int ids,
      int idsStep,
      int count,
      int places,
      int distinct,
      int distinctStep,
      int room,
      int slots,
      int slotsStep) {
    int i = context.globalIdx;
    if (i < count) {
      int t = n.get(STEP);
      int first = n.get(places + i);
      int before = 0; // distinct ids that begin before this one
      int all = 0;
      for (int k = 0; k < count; k++) {
        if (n.get(places + k) == k) {
          all++;
          if (k < first) {
            before++;
          }
        }
      }
      n.set(slots + t * slotsStep + i, before);
      int rows = distinct + t * distinctStep;
      if (first == i) {
        n.set(rows + before, n.get(ids + t * idsStep + i));
      }
      if (i >= all && i < room) {
        n.set(rows + i, -1);
      }
    }
  }
}
