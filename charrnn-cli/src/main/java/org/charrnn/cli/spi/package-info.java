/**
 * The types that commands of other jars use; the only package of this module that is exported.
 *
 * <p>A {@link org.charrnn.cli.spi.CommandProvider} adds a command. {@link
 * org.charrnn.cli.spi.ComputeOptions} are its options for the accelerator, and a {@link
 * org.charrnn.cli.spi.TrainingDisplay} shows the progress of a training: input is the events that a
 * trainer reports to a {@link org.charrnn.text.training.TrainingListener}, output is text on the
 * standard streams. {@link org.charrnn.cli.spi.TerminalWriter} keeps control characters of texts,
 * file names and plugins from the terminal.
 */
@NullMarked
package org.charrnn.cli.spi;

import org.jspecify.annotations.NullMarked;
