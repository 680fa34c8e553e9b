/**
 * What counting alone achieves: the loss of n-gram models on the text that a network is evaluated
 * on, so that one sees whether the network learnt anything that counting does not give.
 *
 * <p>Before this room stand the ids of the training text and of the held-out text, split as for the
 * network; after it stand the command {@code baseline} and the line in the plot of a run. {@link
 * org.charrnn.text.evaluation.NGramModel} is the way in.
 */
@NullMarked
package org.charrnn.text.evaluation;

import org.jspecify.annotations.NullMarked;
