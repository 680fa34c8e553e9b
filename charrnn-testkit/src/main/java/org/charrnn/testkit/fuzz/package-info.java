/**
 * Tries many damaged inputs: a file that a program reads must be used or refused with a documented
 * exception, in little time and memory.
 *
 * <p>Input: a correct file, and a {@link org.charrnn.testkit.fuzz.FuzzTarget} that reads files.
 * Output: a failure with the damaged file, or figures.
 */
@NullMarked
package org.charrnn.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
