/**
 * The command line: it reads what a user typed, calls {@code org.charrnn.text}, and prints what
 * comes back.
 *
 * <p>Before this room stands a shell; {@link org.charrnn.cli.options} are the options by groups, of
 * which each command takes those that it needs. After it stand the facade {@link
 * org.charrnn.text.CharRnn} and {@link org.charrnn.cli.spi}, which shows what training reports.
 * Each command is one class; whatever goes wrong is an exception, and {@link
 * org.charrnn.cli.ErrorHandler} alone turns exceptions into a line and an exit code.
 *
 * <p>To add a command from another jar: implement {@link org.charrnn.cli.spi.CommandProvider}.
 */
@NullMarked
package org.charrnn.cli;

import org.jspecify.annotations.NullMarked;
