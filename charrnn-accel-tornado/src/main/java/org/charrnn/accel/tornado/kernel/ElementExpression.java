package org.charrnn.accel.tornado.kernel;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.graph.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * An expression applied to each element: a work item computes all results of one element.
 *
 * @param expression the expression
 * @param operands its operands, in order
 * @param results its results, in order
 * @param ids the rows of the tables to be updated, or null; if present, the results are tables, and
 *     so are the operands that {@code isTable} marks
 * @param isTable for each operand, whether it is read at the row that an id selects
 */
public record ElementExpression(
    Expression expression,
    List<DeviceMatrix> operands,
    List<DeviceMatrix> results,
    @Nullable DeviceMatrix ids,
    List<Boolean> isTable)
    implements Statement {

  /** An expression of all elements of its results. */
  public static ElementExpression ofElements(
      Expression expression, List<DeviceMatrix> operands, List<DeviceMatrix> results) {
    return new ElementExpression(
        expression, operands, results, null, Collections.nCopies(operands.size(), false));
  }

  /**
   * An expression of the rows of tables that {@code ids} select.
   *
   * @param tables the indices of the operands that are tables
   */
  public static ElementExpression ofRows(
      Expression expression,
      List<DeviceMatrix> operands,
      List<DeviceMatrix> results,
      DeviceMatrix ids,
      List<Integer> tables) {
    List<Boolean> isTable = IntStream.range(0, operands.size()).mapToObj(tables::contains).toList();
    return new ElementExpression(expression, operands, results, ids, isTable);
  }

  /** The number of rows that are computed. */
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
