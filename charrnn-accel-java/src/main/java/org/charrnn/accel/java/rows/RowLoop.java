package org.charrnn.accel.java.rows;

/** Applies an expression to rows. */
interface RowLoop {

  /**
   * Computes columns {@code 0} to {@code columns} of the results.
   *
   * @param operands a row of each operand; one that is a single number is read at 0 only
   * @param results a row of each result, which may be one of an operand
   */
  void run(float[][] operands, float[][] results, int columns);
}
