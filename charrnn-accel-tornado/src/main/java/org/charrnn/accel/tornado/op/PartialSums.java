package org.charrnn.accel.tornado.op;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sums to a smaller shape, in {@code parts} partial sums for each element: partial sum {@code p}
 * adds up every {@code parts}-th term, starting with term {@code p}, so that adjacent work items
 * read adjacent elements. With one part it is the sum; the sum of several parts is a sum of the
 * same kind.
 *
 * <p>Element {@code (i, j)} of the operand is a term of element {@code (i mod rows, j or 0)} of the
 * result. The partial sums are stored in sequence, each of the shape of the result.
 */
public record PartialSums(
    DeviceMatrix operand, DeviceMatrix result, int rows, int columns, int parts)
    implements MethodKernel {

  /** A work item adds up at most this many terms, unless there are enough work items anyway. */
  private static final int FEW = 64;

  /** This many elements are enough work items. */
  private static final int MANY = 4096;

  /**
   * The launches that compute a sum.
   *
   * @param scratch the index of the first of {@link #scratchElements} floats of scratch memory
   */
  public static List<Launch> launches(DeviceMatrix operand, DeviceMatrix result, int scratch) {
    List<Launch> launches = new ArrayList<>();
    DeviceMatrix rest = operand;
    int free = scratch;
    int parts = parts(rest, result);
    while (parts > 1) {
      DeviceMatrix sums = DeviceMatrix.fixed(free, parts * result.rows(), result.columns());
      launches.add(new PartialSums(rest, sums, result.rows(), result.columns(), parts).launch());
      free += sums.elements();
      rest = sums;
      parts = parts(rest, result);
    }
    launches.add(new PartialSums(rest, result, result.rows(), result.columns(), 1).launch());
    return launches;
  }

  /** The number of floats of scratch memory that the partial sums need. */
  public static int scratchElements(DeviceMatrix operand, DeviceMatrix result) {
    int elements = 0;
    DeviceMatrix rest = operand;
    int parts = parts(rest, result);
    while (parts > 1) {
      rest = DeviceMatrix.fixed(0, parts * result.rows(), result.columns());
      elements += rest.elements();
      parts = parts(rest, result);
    }
    return elements;
  }

  private static int parts(DeviceMatrix operand, DeviceMatrix result) {
    int terms = operand.elements() / result.elements();
    int wanted = Math.max(1, MANY / result.elements());
    return terms <= FEW ? 1 : Math.min(wanted, Math.ceilDiv(terms, FEW));
  }

  private Launch launch() {
    return new Launch("sum", this, Grid.of(parts * rows * columns));
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(operand, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(operand.rows(), operand.columns(), rows, columns, parts);
  }

  /** Computes one work item. */
  public static void compute(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      int operand,
      int result,
      int operandRows,
      int operandColumns,
      int rows,
      int columns,
      int parts) {
    int item = context.globalIdx;
    if (item < parts * rows * columns) {
      // Adjacent work items compute adjacent elements, or parts if there is a single element.
      int element = item % (rows * columns);
      int part = item / (rows * columns);
      int row = element / columns;
      int column = element % columns;
      int width = columns == operandColumns ? 1 : operandColumns; // terms per row of the operand
      int terms = operandRows / rows * width;
      int from = operand + row * operandColumns + column;
      float sum = 0;
      for (int term = part; term < terms; term += parts) {
        sum += floats.get(from + term / width * rows * operandColumns + term % width);
      }
      floats.set(result + item, sum);
    }
  }
}
