/**
 * The steps of a training: reading windows of the text, running the program of a step, and updating
 * the progress; in rounds, combining the results of workers.
 *
 * <p>Input: a checked configuration, the parameters on a device, and a {@linkplain
 * org.charrnn.text.steps.TrainingText text cut into windows}. Output: changed parameters, {@link
 * org.charrnn.text.snapshot.Progress}, and a report of each step.
 */
@NullMarked
package org.charrnn.text.steps;

import org.jspecify.annotations.NullMarked;
