package org.charrnn.accel.tornado.op;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The distinct ids in order of first occurrence, and the index of each id among them, from the
 * result of {@link FirstOccurrences}. A work item computes one id by counting the distinct ids that
 * occur before it.
 */
public record DistinctIds(
    DeviceMatrix ids, DeviceMatrix firsts, DeviceMatrix distinct, DeviceMatrix slots)
    implements MethodKernel {

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("distinct", this, Grid.of(ids.elements()));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(ids, firsts, distinct, slots);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(ids.elements(), distinct.elements());
  }

  /** Computes one work item. */
  public static void compute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      int ids,
      int firsts,
      int distinct,
      int slots,
      int count,
      int capacity) {
    int i = context.globalIdx;
    if (i < count) {
      int first = ints.get(firsts + i);
      int before = 0; // distinct ids that first occur before this one
      int all = 0;
      for (int k = 0; k < count; k++) {
        if (ints.get(firsts + k) == k) {
          all++;
          if (k < first) {
            before++;
          }
        }
      }
      ints.set(slots + i, before);
      if (first == i) {
        ints.set(distinct + before, ints.get(ids + i));
      }
      if (i >= all && i < capacity) {
        ints.set(distinct + i, -1);
      }
    }
  }
}
