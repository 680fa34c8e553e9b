package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sums to a smaller shape, in {@code parts} parts: part {@code p} of an element adds up every
 * {@code parts}-th of its terms, beginning with term {@code p}, so that work items next to each
 * other read what lies next to each other. With one part that is the sum; the sum of several parts
 * is a sum of the same kind.
 *
 * <p>Element {@code (i, j)} of the operand is a term of element {@code (i mod rows, j or 0)} of the
 * result; parts lie one after another, each of the shape of the result.
 */
public record PartialSums(Span operand, Span result, int rows, int columns, int parts)
    implements MethodKernel {

  /**
   * No more terms than this are added up by one work item, if there is no lack of work items
   * otherwise.
   */
  private static final int FEW = 64;

  /** With this many elements there are enough work items. */
  private static final int MANY = 4096;

  /**
   * The launches that compute one sum.
   *
   * @param scratch room for {@link #scratchElements} elements
   */
  static List<Launch> launches(Span operand, Span result, Span scratch) {
    List<Launch> launches = new ArrayList<>();
    Span rest = operand;
    int free = scratch.base();
    int parts = parts(rest, result);
    while (parts > 1) {
      Span sums = Span.fixed(free, parts * result.rows(), result.columns());
      launches.add(new PartialSums(rest, sums, result.rows(), result.columns(), parts).launch());
      free += sums.elements();
      rest = sums;
      parts = parts(rest, result);
    }
    launches.add(new PartialSums(rest, result, result.rows(), result.columns(), 1).launch());
    return launches;
  }

  /** How much room the parts of a sum need. */
  static int scratchElements(Span operand, Span result) {
    int elements = 0;
    Span rest = operand;
    int parts = parts(rest, result);
    while (parts > 1) {
      rest = Span.fixed(0, parts * result.rows(), result.columns());
      elements += rest.elements();
      parts = parts(rest, result);
    }
    return elements;
  }

  private static int parts(Span operand, Span result) {
    int terms = operand.elements() / result.elements();
    int wanted = Math.max(1, MANY / result.elements());
    return terms <= FEW ? 1 : Math.min(wanted, Grid.ceilDiv(terms, FEW));
  }

  private Launch launch() {
    return new Launch("sum", this, Grid.of(parts * rows * columns));
  }

  @Override
  public List<Span> spans() {
    return List.of(operand, result);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(operand.rows(), operand.columns(), rows, columns, parts);
  }

  /** What one work item does. */
  public static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int operand,
      int result,
      int operandRows,
      int operandColumns,
      int rows,
      int columns,
      int parts) {
    int item = context.globalIdx;
    if (item < parts * rows * columns) {
      // With a single element the parts are neighbours; with several the elements are.
      int element = item % (rows * columns);
      int part = item / (rows * columns);
      int row = element / columns;
      int column = element % columns;
      int width = columns == operandColumns ? 1 : operandColumns; // terms in a row of the operand
      int terms = operandRows / rows * width;
      int from = operand + row * operandColumns + column;
      float sum = 0;
      for (int term = part; term < terms; term += parts) {
        sum += m.get(from + term / width * rows * operandColumns + term % width);
      }
      m.set(result + item, sum);
    }
  }
}
