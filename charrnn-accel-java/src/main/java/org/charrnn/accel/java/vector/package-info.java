/**
 * The accelerator "java-vector": matrix products, expressions and reductions on the vector units of
 * the processor.
 *
 * <p>Before this room stands a program of {@link org.charrnn.graph.program}; {@link
 * org.charrnn.accel.java.vector.VectorSession} binds its buffers to arrays, {@link
 * org.charrnn.accel.java.vector.Preparation} chooses a kernel for each instruction, and a {@link
 * org.charrnn.accel.java.team.Team} of threads runs them. After it stand the arrays that the
 * program wrote.
 *
 * <p>The innermost loops are generated, see {@link org.charrnn.accel.java.vector.VectorCode} for
 * the reason: {@link org.charrnn.accel.java.vector.TileWriter} writes those of products, {@link
 * org.charrnn.accel.java.vector.ExpressionWriter} those of expressions.
 */
@NullMarked
package org.charrnn.accel.java.vector;

import org.jspecify.annotations.NullMarked;
