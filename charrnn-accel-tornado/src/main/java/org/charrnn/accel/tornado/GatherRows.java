package org.charrnn.accel.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Rows of a table: a work item copies one element. */
public record GatherRows(Span table, Span ids, Span result) implements MethodKernel {

  Launch launch() {
    return new Launch("gather", this, Grid.of(result.elements()));
  }

  @Override
  public List<Span> spans() {
    return List.of(table, ids, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(result.columns(), result.elements());
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int table,
      int ids,
      int result,
      int columns,
      int elements) {
    int e = context.globalIdx;
    if (e < elements) {
      int id = n.get(ids + e / columns);
      m.set(result + e, m.get(table + id * columns + e % columns));
    }
  }
}
