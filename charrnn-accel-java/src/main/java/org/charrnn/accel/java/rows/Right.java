package org.charrnn.accel.java.rows;

/** The right operand of a product as rows {@code [k][n]}. */
interface Right {

  /** All rows of the memory that it lies in. */
  float[][] rows();

  /** The first row of the operand among them. */
  int first(int time);

  /** An operand that is stored as it is multiplied. */
  static Right asItLies(Operand operand) {
    return new Right() {
      @Override
      public float[][] rows() {
        return operand.floats();
      }

      @Override
      public int first(int time) {
        return operand.first(time);
      }
    };
  }
}
