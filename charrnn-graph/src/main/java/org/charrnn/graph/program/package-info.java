/**
 * Programs: what an accelerator runs.
 *
 * <p>Before this room stands {@link org.charrnn.graph.compile}, which writes programs; after it
 * stand the accelerators. A {@link org.charrnn.graph.program.Program} lists {@linkplain
 * org.charrnn.graph.program.Buffer buffers} and {@linkplain org.charrnn.graph.program.Instruction
 * instructions} in order. To write an accelerator: allocate the buffers, then run the instructions,
 * one exhaustive {@code switch} over {@link org.charrnn.graph.Op.Kernel}.
 */
@NullMarked
package org.charrnn.graph.program;

import org.jspecify.annotations.NullMarked;
