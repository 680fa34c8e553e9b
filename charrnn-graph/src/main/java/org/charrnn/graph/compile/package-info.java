/**
 * From symbols to programs: passes over blocks, then memory.
 *
 * <p>Before this room stands {@link org.charrnn.graph}, after it {@link org.charrnn.graph.program}.
 * {@link org.charrnn.graph.compile.Compiler} runs the passes in order and lets the planner give
 * each tensor its place. Each pass turns a block into an equivalent one and can be left out; the
 * tests compare programs with and without it.
 */
@NullMarked
package org.charrnn.graph.compile;

import org.jspecify.annotations.NullMarked;
