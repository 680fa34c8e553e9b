/**
 * Element-wise expressions as generated loops over vectors.
 *
 * <p>Input: an {@link org.charrnn.graph.expression.Expression}. {@link
 * org.charrnn.accel.java.vector.expression.ExpressionPieces} cuts it if it is too long for one
 * loop; {@link org.charrnn.accel.java.vector.expression.ExpressionEmitter} writes the loops.
 * Output: an {@link org.charrnn.accel.java.runtime.ElementKernel}.
 */
@NullMarked
package org.charrnn.accel.java.vector.expression;

import org.jspecify.annotations.NullMarked;
