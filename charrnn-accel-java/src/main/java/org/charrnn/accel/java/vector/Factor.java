package org.charrnn.accel.java.vector;

import org.jspecify.annotations.Nullable;

/**
 * A right operand of a product with what is added and where the result goes.
 *
 * @param right the operand, {@code [k, n]}, or {@code [n, k]} if transposed
 * @param transposed whether it is stored transposed
 * @param addend {@code [m, n]}, or {@code [1, n]} for each row; null for zeros
 * @param result {@code [m, n]}
 * @param packed the operand as it was packed before the loop; null if it is packed when it is used
 */
record Factor(
    View right,
    boolean transposed,
    @Nullable View addend,
    View result,
    @Nullable PackedRight packed) {}
