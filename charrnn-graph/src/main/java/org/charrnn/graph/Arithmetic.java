package org.charrnn.graph;

/**
 * A meaning of the values of an {@link Expression}: numbers, local variables of generated code,
 * parts of a text. {@link Expression#evaluate} applies it term by term.
 *
 * @param <V> a value
 */
public interface Arithmetic<V> {

  /** Numbers in double precision. */
  Arithmetic<Double> DOUBLES = new DoubleArithmetic();

  /** The value of a constant, which an accelerator rounds to a float. */
  V constant(double value);

  /** A function of one value. */
  V unary(UnaryFunction function, V a);

  /** A function of two values. */
  V binary(BinaryFunction function, V a, V b);
}
