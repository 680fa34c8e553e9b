/**
 * The accelerator "java": plain loops in Java that the JIT compiler C2 vectorizes, on any JVM
 * without a flag.
 *
 * <p>Input: a program of {@link org.charrnn.graph.program}. {@link
 * org.charrnn.accel.java.rows.RowSession} binds its buffers to memory, {@link
 * org.charrnn.accel.java.rows.StepCompiler} makes a {@link org.charrnn.accel.java.runtime.Task} of
 * each instruction. Output: the memory that the tasks write.
 *
 * <p>A matrix is an array of rows, each an array of its own: C2 vectorizes a loop over several
 * arrays only if it runs at the same index in all of them, since otherwise it cannot prove that
 * they do not overlap.
 */
@NullMarked
package org.charrnn.accel.java.rows;

import org.jspecify.annotations.NullMarked;
