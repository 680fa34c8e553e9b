package org.charrnn.accel.tornado.kernel;

import java.util.List;
import java.util.stream.Stream;
import org.charrnn.accel.tornado.layout.DeviceMatrix;

/**
 * The cost of a launch on paper.
 *
 * @param operations additions and multiplications of matrix products
 * @param bytes that all work items read from and write to the memory of the device, without what
 *     they read from local memory and registers; caches are not considered
 */
public record KernelCost(long operations, long bytes) {

  private static final KernelCost NONE = new KernelCost(0, 0);

  /** The cost of a launch. */
  public static KernelCost of(Launch launch) {
    return switch (launch.kernel()) {
      case ProductKernel products ->
          products.statements().stream()
              .map(statement -> of(statement, products.form()))
              .reduce(NONE, KernelCost::plus);
      case RowLoopKernel loop ->
          loop.phases().stream()
              .flatMap(List::stream)
              .map(statement -> ofRows(statement, loop))
              .reduce(NONE, KernelCost::plus)
              .times(loop.steps());
      case RecurrenceKernel loop ->
          loop.body().stream()
              .map(KernelCost::of)
              .reduce(NONE, KernelCost::plus)
              .times(loop.steps());
      case ExpressionKernel expressions ->
          expressions.expressions().stream().map(KernelCost::of).reduce(NONE, KernelCost::plus);
      case MethodKernel method -> new KernelCost(0, bytes(method.matrices().stream()));
      default -> NONE;
    };
  }

  private static KernelCost of(Statement statement, ProductKernel.Form form) {
    return switch (statement) {
      case ElementExpression expression -> of(expression);
      case ProductTerm product -> {
        // Of each operand, the part of a result's element in what its tile reads.
        double reads =
            switch (form) {
              case COLUMNS -> 1 + 1.0 / 4;
              case SHARED_TILES -> 2.0 / SharedTile.SIDE;
              case LARGE_TILES, LARGEST_TILES -> 2.0 / form.tile();
            };
        yield of(product, (long) (reads * product.result().elements() * product.inner()));
      }
    };
  }

  /** Each work-group reads the right operand for its rows. */
  private static KernelCost ofRows(Statement statement, RowLoopKernel loop) {
    return switch (statement) {
      case ElementExpression expression -> of(expression);
      case ProductTerm product -> {
        int groups = Math.ceilDiv(loop.rows(), loop.rowsOfGroup());
        yield of(product, (long) groups * product.right().elements() + product.left().elements());
      }
    };
  }

  private static KernelCost of(ProductTerm product, long reads) {
    long written = product.result().elements();
    long added = product.addend() == null ? 0 : written;
    return new KernelCost(2 * written * product.inner(), Float.BYTES * (reads + added + written));
  }

  private static KernelCost of(ElementExpression expression) {
    return new KernelCost(
        0, bytes(Stream.concat(expression.operands().stream(), expression.results().stream())));
  }

  private static long bytes(Stream<DeviceMatrix> matrices) {
    return matrices.mapToLong(matrix -> (long) Float.BYTES * matrix.elements()).sum();
  }

  /** Both costs. */
  public KernelCost plus(KernelCost other) {
    return new KernelCost(operations + other.operations, bytes + other.bytes);
  }

  private KernelCost times(int count) {
    return new KernelCost(operations * count, bytes * count);
  }
}
