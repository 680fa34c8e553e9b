/**
 * The record of a training run while it lasts, and the page and plots that show it.
 *
 * <p>Input: the events of a trainer, which a {@link org.charrnn.cli.report.RunRecorder} receives.
 * Output: the files of {@link org.charrnn.cli.record}, and {@code report.html}, which is
 * self-contained. The page is computed from the other files of the folder, so {@code charrnn
 * report} can regenerate it.
 *
 * <p>A failure in this package never ends a training.
 */
@NullMarked
package org.charrnn.cli.report;

import org.jspecify.annotations.NullMarked;
