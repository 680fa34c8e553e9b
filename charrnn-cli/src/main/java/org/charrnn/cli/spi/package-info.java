/**
 * The types that commands of other jars use; the only package of this module that is exported.
 *
 * <p>A {@link org.charrnn.cli.spi.CommandProvider} adds a command. {@link
 * org.charrnn.cli.spi.ComputeOptions} are its options for the accelerator, and a {@link
 * org.charrnn.cli.spi.TrainingDisplay} shows the progress of a training: input is the events that a
 * trainer reports to a {@link org.charrnn.text.training.TrainingListener}, output is text on the
 * standard streams. A {@link org.charrnn.cli.spi.TrainingPlace} is another place where {@code
 * charrnn train} computes, a {@link org.charrnn.cli.spi.TrainingServer} shows its progress over
 * HTTP. The writers that a command gets from picocli keep control characters of texts, file names
 * and plugins from the terminal.
 */
@NullMarked
package org.charrnn.cli.spi;

import org.jspecify.annotations.NullMarked;
