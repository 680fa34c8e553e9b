package org.charrnn.accel.java.vector;

/** A generated loop that applies an expression to {@code count} consecutive elements. */
interface ElementLoop {

  /**
   * Runs the loop.
   *
   * @param memory the operands of the expression and then its results
   * @param offsets where each of them begins; an operand that is a single number is read only there
   * @param count the number of elements
   */
  void run(float[][] memory, int[] offsets, int count);
}
