/**
 * The commands that score texts line by line: {@code score}, {@code rank} and {@code classify}.
 *
 * <p>Input: the lines of files or of standard input. Output: a line for each, as text, TSV or JSON.
 */
@NullMarked
package org.charrnn.cli.scoring;

import org.jspecify.annotations.NullMarked;
