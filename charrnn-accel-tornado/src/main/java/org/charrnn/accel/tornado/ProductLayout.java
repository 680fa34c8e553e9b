package org.charrnn.accel.tornado;

/**
 * How the operands of a product lie, as bits of one number, since a kernel can have no more than 15
 * parameters.
 */
final class ProductLayout {

  /** The first operand is stored transposed. */
  static final int TRANSPOSE_A = 1;

  /** The second operand is stored transposed. */
  static final int TRANSPOSE_B = 2;

  /** There is something to be added. */
  static final int ADDEND = 4;

  /** What is added is a single row. */
  static final int ADDEND_ROW = 8;

  private ProductLayout() {}
}
