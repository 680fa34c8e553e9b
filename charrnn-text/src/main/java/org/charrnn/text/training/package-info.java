/**
 * The events and results of training.
 *
 * <p>Input: the progress of a {@link org.charrnn.text.Trainer}. Output: reports to a {@link
 * org.charrnn.text.training.TrainingListener}. Losses are in nats per character, with bits and
 * perplexity available.
 */
@NullMarked
package org.charrnn.text.training;

import org.jspecify.annotations.NullMarked;
