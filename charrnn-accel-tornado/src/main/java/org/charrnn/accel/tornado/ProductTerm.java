package org.charrnn.accel.tornado;

import org.jspecify.annotations.Nullable;

/**
 * A matrix product as the elements of its result: each is a row of {@code a} times a column of
 * {@code b}, plus the element of the addend.
 *
 * @param a the first operand, as it is stored
 * @param b the second operand, as it is stored
 * @param addend what is added, of the shape of the result or a single row; null for nothing
 * @param c the result
 * @param transposeA whether the first operand is stored transposed
 * @param transposeB whether the second operand is stored transposed
 */
record ProductTerm(
    Span a, Span b, @Nullable Span addend, Span c, boolean transposeA, boolean transposeB)
    implements Statement {

  /** {@link #layout}: the first operand is stored transposed. */
  static final int TRANSPOSE_A = 1;

  /** {@link #layout}: the second operand is stored transposed. */
  static final int TRANSPOSE_B = 2;

  /** {@link #layout}: there is something to be added. */
  static final int ADDEND = 4;

  @Override
  public int rows() {
    return c.rows();
  }

  @Override
  public int columns() {
    return c.columns();
  }

  /** The axis that is summed over. */
  int inner() {
    return transposeA ? a.rows() : a.columns();
  }

  /** How the operands lie, as bits of one number. */
  int layout() {
    return (transposeA ? TRANSPOSE_A : 0)
        | (transposeB ? TRANSPOSE_B : 0)
        | (addend != null ? ADDEND : 0);
  }
}
