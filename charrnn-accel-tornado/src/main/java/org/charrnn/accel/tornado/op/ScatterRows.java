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
 * Adds rows of values to the rows that ids select: a work item computes one element of the result
 * by following the list of its row that {@link LinkIds} made.
 */
public record ScatterRows(DeviceMatrix values, DeviceMatrix links, DeviceMatrix result)
    implements MethodKernel {

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("scatter", this, Grid.of(result.elements()));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(values, links, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(result.rows(), result.columns());
  }

  /** Computes one work item. */
  public static void compute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      int values,
      int links,
      int result,
      int rows,
      int columns) {
    int element = context.globalIdx;
    if (element < rows * columns) {
      int first = values + element % columns;
      float sum = 0;
      int index = ints.get(links + element / columns);
      while (index >= 0) {
        sum += floats.get(first + index * columns);
        index = ints.get(links + rows + index);
      }
      floats.set(result + element, sum);
    }
  }
}
