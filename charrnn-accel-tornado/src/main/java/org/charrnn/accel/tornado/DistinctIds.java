package org.charrnn.accel.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The distinct ids in order of first occurrence, and where among them each id stands, from what
 * {@link FirstPlaces} found: a work item does one id, by counting how many distinct ones begin
 * before it.
 */
public record DistinctIds(Span ids, Span places, Span distinct, Span slots)
    implements MethodKernel {

  Launch launch() {
    return new Launch("distinct", this, Grid.of(ids.elements()));
  }

  @Override
  public List<Span> spans() {
    return List.of(ids, places, distinct, slots);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(ids.elements(), distinct.elements());
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int ids,
      int places,
      int distinct,
      int slots,
      int count,
      int room) {
    int i = context.globalIdx;
    if (i < count) {
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
      n.set(slots + i, before);
      if (first == i) {
        n.set(distinct + before, n.get(ids + i));
      }
      if (i >= all && i < room) {
        n.set(distinct + i, -1);
      }
    }
  }
}
