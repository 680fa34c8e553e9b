package org.charrnn.accel.java.vector;

/** Applies an expression to consecutive elements. */
interface ElementKernel {

  /**
   * Computes {@code count} elements.
   *
   * @param memory the operands of the expression and then its results
   * @param offsets where each of them begins; an operand that is a single number is read only there
   * @param count the number of elements
   */
  void run(float[][] memory, int[] offsets, int count);
}
