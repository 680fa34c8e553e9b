/**
 * Measures of written text: how much it repeats itself, and how much of it is copied from the
 * training text.
 *
 * <p>Before this room stand samples that a model wrote, or people; after it stand {@code evaluate
 * --samples} and the report of a run. {@link org.charrnn.text.measure.TextMeasures} is the way in.
 * Both questions are answered by a suffix automaton of the samples, through which the training text
 * is read once, so that the training text may be larger than memory.
 */
@NullMarked
package org.charrnn.text.measure;

import org.jspecify.annotations.NullMarked;
