/**
 * Symbolic tensors: a {@link org.charrnn.graph.Graph} records the formulas that are written with
 * {@link org.charrnn.graph.Tensor}s.
 *
 * <p>Input: a forward pass, written by the authors of cells, optimizers and networks. Output: a
 * graph that {@link org.charrnn.graph.gradient} differentiates and {@link
 * org.charrnn.graph.compile} compiles to a {@link org.charrnn.graph.program.Program}. The approach
 * is that of Theano (Bergstra et al., "Theano: a CPU and GPU Math Expression Compiler", SciPy
 * 2010): write the forward pass, derive the gradients, compile for a device.
 *
 * <p>All tensors are dense and row-major. Ops treat a tensor of shape {@code [d0, ..., dk, c]} as a
 * matrix of {@code d0 * ... * dk} rows and {@code c} columns. The first axis of a sequence is time,
 * {@code [T, B, ...]}, so a time step is a range of whole rows.
 */
@NullMarked
package org.charrnn.graph;

import org.jspecify.annotations.NullMarked;
