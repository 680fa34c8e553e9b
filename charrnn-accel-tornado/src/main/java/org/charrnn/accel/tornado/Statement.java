package org.charrnn.accel.tornado;

/** What a written kernel computes for each element of its results. */
sealed interface Statement permits ElementExpression, ProductTerm {

  /** The rows of the results. */
  int rows();

  /** The columns of the results. */
  int columns();
}
