package org.charrnn.accel.tornado.op;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** For each id the index of its first occurrence: a work item computes one id. */
public record FirstOccurrences(DeviceMatrix ids, DeviceMatrix firsts) implements MethodKernel {

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("firsts", this, Grid.of(ids.elements()));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(ids, firsts);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(ids.elements());
  }

  /** Computes one work item. */
  public static void compute(
      KernelContext context, FloatArray floats, IntArray ints, int ids, int firsts, int count) {
    int i = context.globalIdx;
    if (i < count) {
      int id = ints.get(ids + i);
      int first = i;
      for (int k = i - 1; k >= 0; k--) {
        if (ints.get(ids + k) == id) {
          first = k;
        }
      }
      ints.set(firsts + i, first);
    }
  }
}
