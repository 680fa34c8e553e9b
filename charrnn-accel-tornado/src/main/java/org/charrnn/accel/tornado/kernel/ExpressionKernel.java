package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.util.List;
import org.charrnn.accel.tornado.layout.Grid;

/**
 * Expressions that do not depend on one another, in one kernel: the first work items compute the
 * first one, the next ones the second one, and so on. Each expression starts with a new work-group.
 */
public record ExpressionKernel(List<ElementExpression> expressions) implements Kernel {

  /** Copies the list. */
  public ExpressionKernel {
    expressions = List.copyOf(expressions);
  }

  /** The index of the first work item of expression {@code index}. */
  public int firstItem(int index) {
    return expressions.subList(0, index).stream()
        .mapToInt(expression -> Grid.of(expression.elements()).globalX())
        .sum();
  }

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("expression", this, Grid.of(firstItem(expressions.size())));
  }

  @Override
  public void emit(CodeBuilder code, int step) {
    ExpressionEmitter.emit(code, this, step);
  }
}
