/**
 * Compares derived gradients with finite differences.
 *
 * <p>Input: a scalar loss that was recorded on a graph, or a program that outputs a loss and
 * gradients. Output: the element whose gradient is farthest from the difference quotient. See
 * {@link org.charrnn.testkit.gradient.GradientCheck}.
 */
@NullMarked
package org.charrnn.testkit.gradient;

import org.jspecify.annotations.NullMarked;
