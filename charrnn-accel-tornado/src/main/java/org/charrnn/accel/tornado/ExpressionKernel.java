package org.charrnn.accel.tornado;

import java.util.List;
import org.charrnn.graph.Expression;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * An expression applied to each element: a work item computes all results of one element.
 *
 * @param expression what is computed
 * @param operands what it reads, in its order
 * @param results what it writes, in its order
 * @param ids if not null, the rows of the tables to be updated; results and those operands that {@code isTable} marks
 *     are tables then
 * @param isTable for each operand whether it is read at the row that an id names
 */
record ExpressionKernel(
    Expression expression,
    List<Span> operands,
    List<Span> results,
    @Nullable Span ids,
    List<Boolean> isTable)
    implements Kernel {

  /** An expression of whole matrices. */
  static ExpressionKernel elementwise(
      Expression expression, List<Span> operands, List<Span> results) {
    return new ExpressionKernel(
        expression, operands, results, null, operands.stream().map(_ -> false).toList());
  }

  Launch launch() {
    return new Launch(ids == null ? "expression" : "update", this, Grid.of(elements()));
  }

  /** The rows that are computed. */
  int rows() {
    return ids == null ? results.getFirst().rows() : ids.elements();
  }

  int columns() {
    return results.getFirst().columns();
  }

  int elements() {
    return rows() * columns();
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(task, asJava(), context, floats, ints);
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    asJava().apply(context, floats, ints);
  }

  @Override
  public Task3<KernelContext, FloatArray, IntArray> asJava() {
    return ExpressionClass.of(this);
  }
}
