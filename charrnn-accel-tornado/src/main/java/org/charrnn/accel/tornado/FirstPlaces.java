package org.charrnn.accel.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** For each of some ids the place where it occurs first: a work item does one id. */
public record FirstPlaces(Span ids, Span places) implements MethodKernel {

  Launch launch() {
    return new Launch("places", this, Grid.of(ids.elements()));
  }

  @Override
  public List<Span> spans() {
    return List.of(ids, places);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(ids.elements());
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context, FloatArray m, IntArray n, int ids, int places, int count) {
    int i = context.globalIdx;
    if (i < count) {
      int from = ids;
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
