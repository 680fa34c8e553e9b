package org.charrnn.accel.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Before a scatter: for each row the place of the first id that names it, and for each place the
 * next one with the same id, -1 where there is none. So the scatter can add up a row in the order
 * of the ids without looking at others.
 *
 * <p>A work item does one row or one place. {@code chains} has room for the rows and then the
 * places.
 */
public record LinkIds(Span ids, int rows, Span chains) implements MethodKernel {

  Launch launch() {
    return new Launch("link", this, Grid.of(rows + ids.elements()));
  }

  @Override
  public List<Span> spans() {
    return List.of(ids, chains);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(ids.elements(), rows);
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context, FloatArray m, IntArray n, int ids, int chains, int count, int rows) {
    int item = context.globalIdx;
    if (item < rows + count) {
      int from = ids;
      int wanted = item;
      int place = 0;
      if (item >= rows) {
        wanted = n.get(from + item - rows);
        place = item - rows + 1;
      }
      int found = -1;
      // Backwards without a break: one way through, and the first place is the last one found.
      for (int k = count - 1; k >= place; k--) {
        if (n.get(from + k) == wanted) {
          found = k;
        }
      }
      n.set(chains + item, found);
    }
  }
}
