/**
 * The folder that a training run leaves behind, and the page that shows it.
 *
 * <p>Before this room stands the trainer, which tells a {@link org.charrnn.cli.report.RunRecorder}
 * what it does; after it stand files: the configuration, a line of metrics for each step, samples,
 * and {@code report.html}, which needs nothing beside itself. What is in the folder is all that the
 * page is made of, so {@code charrnn report} can make it anew. A run of any length takes the same
 * memory here: curves are kept as means of more and more steps.
 *
 * <p>Nothing that goes wrong in this room ends a training.
 */
@NullMarked
package org.charrnn.cli.report;

import org.jspecify.annotations.NullMarked;
