package org.charrnn.accel.tornado.kernel;

/** A computation of a written kernel for each element of a result. */
public sealed interface Statement permits ElementExpression, ProductTerm {

  /** The number of rows of the result. */
  int rows();

  /** The number of columns of the result. */
  int columns();
}
