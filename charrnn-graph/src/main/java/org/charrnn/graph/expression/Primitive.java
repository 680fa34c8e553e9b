package org.charrnn.graph.expression;

/**
 * A function of one or two numbers from which element-wise expressions are built.
 *
 * <p><b>Thread safety.</b> Constants of enums.
 */
public sealed interface Primitive permits UnaryFunction, BinaryFunction {

  /**
   * {@return whether computing this again costs less than storing the value and reading it back}
   */
  boolean isCheap();
}
