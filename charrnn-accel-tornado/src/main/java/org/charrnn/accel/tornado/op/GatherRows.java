package org.charrnn.accel.tornado.op;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Rows of a table: a work item copies one element. */
public record GatherRows(DeviceMatrix table, DeviceMatrix ids, DeviceMatrix result)
    implements MethodKernel {

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("gather", this, Grid.of(result.elements()));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(table, ids, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(result.columns(), result.elements());
  }

  /** Computes one work item. */
  public static void compute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      int table,
      int ids,
      int result,
      int columns,
      int elements) {
    int element = context.globalIdx;
    if (element < elements) {
      int id = ints.get(ids + element / columns);
      floats.set(result + element, floats.get(table + id * columns + element % columns));
    }
  }
}
