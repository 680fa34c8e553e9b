package org.charrnn.accel.java.rows;

/** The right operand of a product as rows {@code [k][n]}. */
interface RowSource {

  /** A row, in iteration {@code t} of a loop. */
  float[] row(int row, int t);
}
