package org.charrnn.accel.java.runtime;

import java.util.List;
import org.charrnn.graph.expression.Expression;

/** Makes the loops of element-wise expressions. */
public interface ElementKernels {

  /**
   * The kernel of an expression, for one worker.
   *
   * @param scalars for each operand whether all elements see the same number
   * @param columns the most elements that it computes at once
   */
  ElementKernel kernel(Expression expression, List<Boolean> scalars, int columns);

  /** Whether an expression of so many elements is worth splitting among threads. */
  boolean isWorthSplitting(Expression expression, long elements);

  /** Elements that are computed together; a long row is split at multiples. */
  int width();
}
