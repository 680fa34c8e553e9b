/**
 * The standard streams of all commands: JSON, and text that cannot control the terminal.
 *
 * <p>Input: results as maps, printed text, failures of standard output. Output: JSON, escaped text,
 * the reason of a failure, and whether a stream is a terminal.
 */
@NullMarked
package org.charrnn.cli.output;

import org.jspecify.annotations.NullMarked;
