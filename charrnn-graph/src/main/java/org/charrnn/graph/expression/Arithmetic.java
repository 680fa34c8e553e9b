package org.charrnn.graph.expression;

/**
 * A meaning of the values of an {@link Expression}: numbers, local variables of generated code,
 * parts of a text. {@link Expression#evaluate} applies it term by term.
 *
 * <p><b>Thread safety.</b> An implementation may have state, such as the code that it generates,
 * and is then for one thread; {@link #DOUBLES} has none.
 *
 * @param <V> a value
 */
public interface Arithmetic<V> {

  /** Numbers in double precision. */
  Arithmetic<Double> DOUBLES = new DoubleArithmetic();

  /**
   * {@return the value of a constant, which an accelerator rounds to a float}
   *
   * @param value the number
   */
  V constant(double value);

  /**
   * {@return a function of one value}
   *
   * @param function the function
   * @param a the operand
   */
  V unary(UnaryFunction function, V a);

  /**
   * {@return a function of two values}
   *
   * @param function the function
   * @param a the first operand
   * @param b the second operand
   */
  V binary(BinaryFunction function, V a, V b);
}
