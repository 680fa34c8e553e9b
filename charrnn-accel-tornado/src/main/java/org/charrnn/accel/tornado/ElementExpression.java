package org.charrnn.accel.tornado;

import java.util.List;
import org.charrnn.graph.Expression;
import org.jspecify.annotations.Nullable;

/**
 * An expression applied to each element: a work item computes all results of one element.
 *
 * @param expression what is computed
 * @param operands what it reads, in its order
 * @param results what it writes, in its order
 * @param ids if not null, the rows of the tables to be updated; results and those operands that
 *     {@code isTable} marks are tables then
 * @param isTable for each operand whether it is read at the row that an id names
 */
record ElementExpression(
    Expression expression,
    List<Span> operands,
    List<Span> results,
    @Nullable Span ids,
    List<Boolean> isTable)
    implements Statement {

  /** The rows that are computed. */
  @Override
  public int rows() {
    return ids == null ? results.getFirst().rows() : ids.elements();
  }

  @Override
  public int columns() {
    return results.getFirst().columns();
  }

  int elements() {
    return rows() * columns();
  }
}
