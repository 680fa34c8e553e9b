/**
 * Symbols: a {@link org.charrnn.graph.Graph} records {@link org.charrnn.graph.Tensor}s, and {@link
 * org.charrnn.graph.gradient.Gradients} differentiates them.
 *
 * <p>Before this room stand the authors of cells, optimizers and networks, who write a forward pass
 * as symbols. After it stands {@link org.charrnn.graph.compile}, which turns the recorded graph
 * into a {@link org.charrnn.graph.program.Program}. The idea is Theano's (Bergstra et al., "Theano:
 * a CPU and GPU Math Expression Compiler", SciPy 2010): write the forward pass, get the gradients,
 * compile for a device.
 *
 * <p>All tensors are dense and row-major. A tensor of shape {@code [d0, ..., dk, c]} is seen by
 * every op as a matrix of {@code d0 * ... * dk} rows and {@code c} columns; a sequence is time
 * first, {@code [T, B, ...]}, so a time step is a run of whole rows.
 */
@NullMarked
package org.charrnn.graph;

import org.jspecify.annotations.NullMarked;
