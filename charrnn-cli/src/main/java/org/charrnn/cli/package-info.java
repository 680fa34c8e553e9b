/**
 * The command line: it parses the arguments, calls {@code org.charrnn.text}, and prints the
 * results.
 *
 * <p>Input: the arguments of a shell. Each command is one class that combines groups of options
 * from {@link org.charrnn.cli.options} and {@link org.charrnn.cli.spi}. Output: calls of the facade
 * {@link org.charrnn.text.CharRnn}, text on the standard streams, and the files of {@link
 * org.charrnn.cli.report}. Failures are exceptions; only {@link org.charrnn.cli.ErrorHandler} turns
 * them into a line and an exit code.
 *
 * <p>To add a command from another jar, implement {@link org.charrnn.cli.spi.CommandProvider}.
 */
@NullMarked
package org.charrnn.cli;

import org.jspecify.annotations.NullMarked;
