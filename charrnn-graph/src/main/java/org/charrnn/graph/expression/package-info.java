/**
 * Functions of numbers that are applied to each element of tensors.
 *
 * <p>Input: {@linkplain org.charrnn.graph.expression.Primitive primitive functions}. Output: an
 * {@link org.charrnn.graph.expression.Expression}, the content of an element-wise instruction. An
 * accelerator, a printer or a reference gives it a meaning with an {@link
 * org.charrnn.graph.expression.Arithmetic}.
 */
@NullMarked
package org.charrnn.graph.expression;

import org.jspecify.annotations.NullMarked;
