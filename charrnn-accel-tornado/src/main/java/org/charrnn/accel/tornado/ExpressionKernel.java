package org.charrnn.accel.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Expressions that do not depend on one another, in one kernel: the first work items do the first
 * one, the next ones the second one, and so on, each beginning with a new group.
 */
record ExpressionKernel(List<ElementExpression> expressions) implements WrittenKernel {

  /** Work items for the expressions before number {@code index}. */
  int firstItem(int index) {
    return expressions.subList(0, index).stream()
        .mapToInt(expression -> Grid.of(expression.elements()).globalX())
        .sum();
  }

  Launch launch() {
    return new Launch("expression", this, Grid.of(firstItem(expressions.size())));
  }

  @Override
  public Task3<KernelContext, FloatArray, IntArray> asJava() {
    return KernelClass.of(code -> ExpressionWriter.write(code, this));
  }
}
