/**
 * Compiled programs, which accelerators run.
 *
 * <p>Input: {@link org.charrnn.graph.compile} writes programs. Output: accelerators run them. A
 * {@link org.charrnn.graph.program.Program} lists {@linkplain org.charrnn.graph.program.Buffer
 * buffers} and {@linkplain org.charrnn.graph.program.Instruction instructions} in order. To write
 * an accelerator, allocate the buffers and run the instructions: one exhaustive {@code switch} over
 * the {@link org.charrnn.graph.Operands} of each instruction. {@link
 * org.charrnn.graph.program.LoopAnalysis} finds structure in loops that is worth exploiting.
 */
@NullMarked
package org.charrnn.graph.program;

import org.jspecify.annotations.NullMarked;
