package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds rows of values to the rows that ids name: a work item computes one element of the result,
 * following the chain of its row that {@link LinkIds} made.
 */
record ScatterRows(Span values, Span chains, Span result) implements Kernel {

  Launch launch() {
    return new Launch("scatter", this, Grid.of(result.elements()));
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        ScatterRows::compute,
        context,
        floats,
        ints,
        values.base(),
        values.step(),
        chains.base(),
        result.base(),
        result.step(),
        result.rows(),
        result.columns());
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(
        context,
        floats,
        ints,
        values.base(),
        values.step(),
        chains.base(),
        result.base(),
        result.step(),
        result.rows(),
        result.columns());
  }

  static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int values,
      int valuesStep,
      int chains,
      int result,
      int resultStep,
      int rows,
      int columns) {
    int e = context.globalIdx;
    if (e < rows * columns) {
      int t = n.get(STEP);
      int from = values + t * valuesStep + e % columns;
      float sum = 0;
      int place = n.get(chains + e / columns);
      while (place >= 0) {
        sum += m.get(from + place * columns);
        place = n.get(chains + rows + place);
      }
      m.set(result + t * resultStep + e, sum);
    }
  }
}
