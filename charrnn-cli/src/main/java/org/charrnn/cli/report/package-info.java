/**
 * The folder of a training run, and the page that shows it.
 *
 * <p>Input: the events of a trainer, which a {@link org.charrnn.cli.report.RunRecorder} receives.
 * Output: the configuration, a line of metrics for each step, samples, and {@code report.html},
 * which is self-contained. The page is computed from the other files of the folder, so {@code
 * charrnn report} can regenerate it. Memory does not grow with the length of a run: curves keep
 * means of more and more steps.
 *
 * <p>A failure in this package never ends a training.
 */
@NullMarked
package org.charrnn.cli.report;

import org.jspecify.annotations.NullMarked;
