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
 * A transposed copy of a matrix: a work item copies one element. A loop that reads a right operand
 * down its columns would read one element of each cache line.
 */
public record Transposition(DeviceMatrix matrix, DeviceMatrix result) implements MethodKernel {

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("transpose", this, Grid.of(result.elements()));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(matrix, result);
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
      int matrix,
      int result,
      int rows,
      int columns) {
    int element = context.globalIdx;
    if (element < rows * columns) {
      int from = element % columns * rows + element / columns;
      floats.set(result + element, floats.get(matrix + from));
    }
  }
}
