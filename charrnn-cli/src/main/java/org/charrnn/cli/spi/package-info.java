/**
 * What a training run shows of itself.
 *
 * <p>Before this room stands the trainer, which reports to a {@link
 * org.charrnn.text.training.TrainingListener}; after it stand the user's screen, by way of a {@link
 * org.charrnn.cli.spi.TrainingDisplay}, and a file of {@linkplain
 * org.charrnn.cli.report.MetricsFile metrics} for other programs.
 */
@NullMarked
package org.charrnn.cli.spi;

import org.jspecify.annotations.NullMarked;
