/**
 * A program that runs on whatever accelerator the class path has.
 *
 * <p>Before this room stands a text file, after it a loss and a speed. The jar of an accelerator on
 * the class path, or another one in its place, is all that changes where it computes: see {@link
 * org.charrnn.examples.accelerator.SameProgram}.
 */
@NullMarked
package org.charrnn.examples.accelerator;

import org.jspecify.annotations.NullMarked;
