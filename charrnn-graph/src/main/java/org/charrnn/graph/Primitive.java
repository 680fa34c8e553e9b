package org.charrnn.graph;

/** The functions of one or two numbers from which element-wise expressions are built. */
public enum Primitive {
  /** A number written into the expression; no operand. */
  CONSTANT(0),
  /** {@code a}. Copies, and repeats what is broadcast. */
  IDENTITY(1),
  /** {@code -a}. */
  NEGATE(1),
  /** The square root of {@code a}; NaN below 0. */
  SQRT(1),
  /** {@code e} to the power of {@code a}. */
  EXP(1),
  /** The natural logarithm of {@code a}. */
  LOG(1),
  /** The hyperbolic tangent of {@code a}. */
  TANH(1),
  /** The logistic function {@code 1 / (1 + exp(-a))}. */
  SIGMOID(1),
  /** {@code a + b}. */
  ADD(2),
  /** {@code a - b}. */
  SUBTRACT(2),
  /** {@code a * b}. */
  MULTIPLY(2),
  /** {@code a / b}. */
  DIVIDE(2),
  /** The larger of {@code a} and {@code b}; NaN if either is. */
  MAXIMUM(2),
  /** The smaller of {@code a} and {@code b}; NaN if either is. */
  MINIMUM(2),
  /** 1 where {@code a > b}, else 0. */
  GREATER(2);

  private final int operands;

  Primitive(int operands) {
    this.operands = operands;
  }

  /** The number of operands: 0, 1 or 2. */
  public int operands() {
    return operands;
  }

  /** Whether computing this again costs less than storing it and reading it back. */
  boolean isCheap() {
    return switch (this) {
      case SQRT, EXP, LOG, TANH, SIGMOID, DIVIDE -> false;
      default -> true;
    };
  }

  /**
   * The value of this function in double precision; the definition that accelerators are measured
   * against.
   */
  public double apply(double a, double b) {
    return switch (this) {
      case CONSTANT ->
          throw new IllegalArgumentException("a constant has no operands to be applied to");
      case IDENTITY -> a;
      case NEGATE -> -a;
      case SQRT -> Math.sqrt(a);
      case EXP -> Math.exp(a);
      case LOG -> Math.log(a);
      case TANH -> Math.tanh(a);
      case SIGMOID -> 1 / (1 + Math.exp(-a));
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
