/**
 * The accelerator "java-vector": plain Java on the vector units of the processor.
 *
 * <p>Input: a program of {@link org.charrnn.graph.program}. {@link
 * org.charrnn.accel.java.vector.VectorSession} binds its buffers to arrays, {@link
 * org.charrnn.accel.java.vector.StepCompiler} makes a {@link org.charrnn.accel.java.runtime.Task}
 * of each instruction. Output: the arrays that the tasks write.
 *
 * <p>The innermost loops are generated, for the reason that {@link
 * org.charrnn.accel.java.codegen.VectorCode} gives: those of products in {@link
 * org.charrnn.accel.java.vector.matmul}, those of expressions in {@link
 * org.charrnn.accel.java.vector.expression}. Those that choose ids by their scores are in {@link
 * org.charrnn.accel.java.vector.choice}.
 */
@NullMarked
package org.charrnn.accel.java.vector;

import org.jspecify.annotations.NullMarked;
