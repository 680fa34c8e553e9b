package org.charrnn.graph.expression;

/** The functions of two numbers. */
public enum BinaryFunction implements Primitive {
  /** {@code a + b}. */
  ADD,
  /** {@code a - b}. */
  SUBTRACT,
  /** {@code a * b}. */
  MULTIPLY,
  /** {@code a / b}; infinite or NaN where {@code b} is 0. */
  DIVIDE,
  /** The larger of {@code a} and {@code b}; NaN if either is. */
  MAXIMUM,
  /** The smaller of {@code a} and {@code b}; NaN if either is. */
  MINIMUM,
  /** 1 where {@code a > b}, else 0, also if either is NaN. */
  GREATER;

  @Override
  public boolean isCheap() {
    return this != DIVIDE;
  }

  /**
   * {@return the value in double precision, the definition against which accelerators are tested}
   *
   * @param a the first operand
   * @param b the second operand
   */
  public double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case GREATER -> a > b ? 1 : 0;
    };
  }
}
