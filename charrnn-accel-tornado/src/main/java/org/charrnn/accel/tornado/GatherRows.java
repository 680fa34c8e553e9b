package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Rows of a table: a work item copies one element. */
record GatherRows(Span table, Span ids, Span result) implements Kernel {

  Launch launch() {
    return new Launch("gather", this, Grid.of(result.elements()));
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        GatherRows::compute,
        context,
        floats,
        ints,
        table.base(),
        table.step(),
        ids.base(),
        ids.step(),
        result.base(),
        result.step(),
        result.columns(),
        result.elements());
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(
        context,
        floats,
        ints,
        table.base(),
        table.step(),
        ids.base(),
        ids.step(),
        result.base(),
        result.step(),
        result.columns(),
        result.elements());
  }

  static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int table,
      int tableStep,
      int ids,
      int idsStep,
      int result,
      int resultStep,
      int columns,
      int elements) {
    int e = context.globalIdx;
    if (e < elements) {
      int t = n.get(STEP);
      int id = n.get(ids + t * idsStep + e / columns);
      m.set(result + t * resultStep + e, m.get(table + t * tableStep + id * columns + e % columns));
    }
  }
}
