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
 * Linked lists of equal ids, for {@link ScatterRows}: for each row the index of the first id that
 * selects it, and for each id the index of the next equal one; -1 if there is none. So the scatter
 * adds up a row in the order of the ids without reading the other ids.
 *
 * <p>A work item computes one row or one id. {@code links} holds the rows and then the ids.
 */
public record LinkIds(DeviceMatrix ids, int rows, DeviceMatrix links) implements MethodKernel {

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("link", this, Grid.of(rows + ids.elements()));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(ids, links);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(ids.elements(), rows);
  }

  /** Computes one work item. */
  public static void compute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      int ids,
      int links,
      int count,
      int rows) {
    int item = context.globalIdx;
    if (item < rows + count) {
      int wanted = item;
      int first = 0;
      if (item >= rows) {
        wanted = ints.get(ids + item - rows);
        first = item - rows + 1;
      }
      int found = -1;
      // Backwards and without a break, so that control flow has one path: the last match is the
      // first one in order.
      for (int k = count - 1; k >= first; k--) {
        if (ints.get(ids + k) == wanted) {
          found = k;
        }
      }
      ints.set(links + item, found);
    }
  }
}
