package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.util.List;

/**
 * Expressions that do not depend on one another, in one kernel: the first work items do the first
 * one, the next ones the second one, and so on, each beginning with a new group.
 */
record ExpressionKernel(List<ElementExpression> expressions) implements Kernel {

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
  public void write(CodeBuilder code, int step) {
    ExpressionWriter.write(code, this, step);
  }
}
