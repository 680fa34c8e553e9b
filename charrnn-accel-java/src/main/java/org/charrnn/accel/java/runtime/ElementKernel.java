package org.charrnn.accel.java.runtime;

/**
 * Applies an expression to consecutive elements.
 *
 * <p><b>Thread safety.</b> None; each worker has its own.
 */
public interface ElementKernel {

  /**
   * Computes {@code count} elements.
   *
   * @param arrays the operands of the expression and then its results; a result may be an operand
   * @param starts the index of the first element of each; an operand that is a scalar is read only
   *     there
   * @param count the number of elements
   */
  void run(float[][] arrays, int[] starts, int count);
}
