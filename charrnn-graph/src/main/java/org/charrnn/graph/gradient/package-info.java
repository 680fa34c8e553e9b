/**
 * Reverse-mode differentiation: {@link org.charrnn.graph.gradient.Gradients} records the gradients
 * of a loss on the graph of the loss.
 *
 * <p>Input: a recorded {@link org.charrnn.graph.Graph}. Output: more nodes on the same graph, which
 * {@link org.charrnn.graph.compile} compiles together with the forward pass. Each op has its rule
 * in {@code GradientRules}; the loop over time has {@code ScanGradient}.
 */
@NullMarked
package org.charrnn.graph.gradient;

import org.jspecify.annotations.NullMarked;
