package org.charrnn.accel.tornado.kernel;

import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product, element by element: each element of the result is the product of a row of
 * {@code left} and a column of {@code right}, plus the element of the addend.
 *
 * @param left the left operand, as it is stored
 * @param right the right operand, as it is stored
 * @param addend the matrix to be added, of the shape of the result or a single row; null for none
 * @param result the result
 * @param transposeLeft whether the left operand is stored transposed
 * @param transposeRight whether the right operand is stored transposed
 */
public record ProductTerm(
    DeviceMatrix left,
    DeviceMatrix right,
    @Nullable DeviceMatrix addend,
    DeviceMatrix result,
    boolean transposeLeft,
    boolean transposeRight)
    implements Statement {

  @Override
  public int rows() {
    return result.rows();
  }

  @Override
  public int columns() {
    return result.columns();
  }

  /** The size of the axis that is summed over. */
  int inner() {
    return transposeLeft ? left.rows() : left.columns();
  }
}
