/**
 * The accelerator "java": loops that the compiler turns into vector instructions by itself, with no
 * flag.
 *
 * <p>Before this room stands a program of {@link org.charrnn.graph.program}. {@link
 * org.charrnn.accel.java.rows.RowSession} binds its buffers to memory, {@link
 * org.charrnn.accel.java.rows.Preparation} turns each instruction into a {@link
 * org.charrnn.accel.java.rows.Step}. After it stands the memory that the program wrote.
 *
 * <p>A matrix is an array of rows, each an array of its own: C2 vectorises a loop over several
 * arrays only if it runs at the same index in all of them, since otherwise it cannot rule out that
 * they overlap.
 */
@NullMarked
package org.charrnn.accel.java.rows;

import org.jspecify.annotations.NullMarked;
