package org.charrnn.accel.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Adds rows of values to the rows that ids name: a work item computes one element of the result,
 * following the chain of its row that {@link LinkIds} made.
 */
public record ScatterRows(Span values, Span chains, Span result) implements MethodKernel {

  Launch launch() {
    return new Launch("scatter", this, Grid.of(result.elements()));
  }

  @Override
  public List<Span> spans() {
    return List.of(values, chains, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(result.rows(), result.columns());
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int values,
      int chains,
      int result,
      int rows,
      int columns) {
    int e = context.globalIdx;
    if (e < rows * columns) {
      int from = values + e % columns;
      float sum = 0;
      int place = n.get(chains + e / columns);
      while (place >= 0) {
        sum += m.get(from + place * columns);
        place = n.get(chains + rows + place);
      }
      m.set(result + e, sum);
    }
  }
}
