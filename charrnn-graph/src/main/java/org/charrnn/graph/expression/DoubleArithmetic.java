package org.charrnn.graph.expression;

/** The functions of numbers in double precision. */
final class DoubleArithmetic implements Arithmetic<Double> {

  @Override
  public Double constant(double value) {
    return value;
  }

  @Override
  public Double unary(UnaryFunction function, Double a) {
    return function.apply(a);
  }

  @Override
  public Double binary(BinaryFunction function, Double a, Double b) {
    return function.apply(a, b);
  }
}
