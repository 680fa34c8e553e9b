package org.charrnn.graph.expression;

/** The functions of one number. */
public enum UnaryFunction implements Primitive {
  /** {@code a}: copies, or broadcasts. */
  IDENTITY,
  /** {@code -a}. */
  NEGATE,
  /** The square root of {@code a}; NaN below 0. */
  SQRT,
  /** {@code e} to the power of {@code a}. */
  EXP,
  /** The natural logarithm of {@code a}; negative infinity at 0, NaN below it. */
  LOG,
  /** The hyperbolic tangent of {@code a}. */
  TANH,
  /** The logistic function {@code 1 / (1 + exp(-a))}. */
  SIGMOID;

  @Override
  public boolean isCheap() {
    return this == IDENTITY || this == NEGATE;
  }

  /**
   * {@return the value in double precision, the definition against which accelerators are tested}
   *
   * @param a the operand
   */
  public double apply(double a) {
    return switch (this) {
      case IDENTITY -> a;
      case NEGATE -> -a;
      case SQRT -> Math.sqrt(a);
      case EXP -> Math.exp(a);
      case LOG -> Math.log(a);
      case TANH -> Math.tanh(a);
      case SIGMOID -> 1 / (1 + Math.exp(-a));
    };
  }
}
