package org.charrnn.accel.java.vector.expression;

import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.runtime.ElementKernel;

/**
 * A generated loop that applies an expression to consecutive elements.
 *
 * <p>Whole vectors and the remaining elements are two methods: each must be small enough for C1 to
 * compile it with everything that it inlines, since a method that C1 rejects is never compiled by
 * C2.
 */
interface ElementLoop extends ElementKernel {

  /**
   * Computes whole vectors.
   *
   * @param arrays the operands of the expression and then its results
   * @param starts the index of the first element of each; an operand that is a scalar is read only
   *     there
   * @param count the number of elements, a multiple of the lanes of a vector
   */
  void runVectors(float[][] arrays, int[] starts, int count);

  /**
   * Computes the elements from {@code from} to {@code count}, less than a vector.
   *
   * @param arrays as above
   * @param starts as above
   * @param from the first element, counted from the start indices
   * @param count the end of the elements
   */
  void runRest(float[][] arrays, int[] starts, int from, int count);

  @Override
  default void run(float[][] arrays, int[] starts, int count) {
    int whole = count & -Lanes.COUNT;
    if (whole > 0) {
      runVectors(arrays, starts, whole);
    }
    if (whole < count) {
      runRest(arrays, starts, whole, count);
    }
  }
}
