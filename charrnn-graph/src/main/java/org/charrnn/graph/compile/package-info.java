/**
 * The compiler: passes over blocks, then the assignment of memory.
 *
 * <p>Input: a recorded {@link org.charrnn.graph.Graph}. Output: a {@link
 * org.charrnn.graph.program.Program}. {@link org.charrnn.graph.compile.Compiler} runs the passes in
 * order; then the planner assigns memory to each tensor. Each pass returns an equivalent block and
 * can be switched off; tests compare programs with and without it.
 */
@NullMarked
package org.charrnn.graph.compile;

import org.jspecify.annotations.NullMarked;
