/**
 * The runtime that both accelerators share: sessions, memory, worker threads, and all instructions
 * but matrix products.
 *
 * <p>Input: a program of {@link org.charrnn.graph.program} whose slots are bound to memory as
 * {@linkplain org.charrnn.accel.java.runtime.Operand operands}. Output: {@linkplain
 * org.charrnn.accel.java.runtime.Task tasks}, which run in order.
 *
 * <p>To write an accelerator, extend {@link org.charrnn.accel.java.runtime.ProgramSession} and
 * {@link org.charrnn.accel.java.runtime.Matrix}, implement the inner loops, {@link
 * org.charrnn.accel.java.runtime.ElementKernels} and {@link
 * org.charrnn.accel.java.runtime.RowMath}, and matrix products; {@link
 * org.charrnn.accel.java.runtime.TaskFactory} makes the tasks of all other instructions.
 */
@NullMarked
package org.charrnn.accel.java.runtime;

import org.jspecify.annotations.NullMarked;
