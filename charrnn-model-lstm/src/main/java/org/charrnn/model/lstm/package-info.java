/**
 * Long short-term memory, "lstm", and the plain recurrent network that it improved on, "rnn", as
 * plugins: each writes one time step, and {@code org.charrnn.graph} derives the gradients.
 *
 * <p>Before this room stands the embedded or one-hot input of a step, after it the next layer, or
 * the output layer that turns the new state into logits. To write another cell, implement {@code
 * org.charrnn.api.Cell} as {@link org.charrnn.model.lstm.RnnCell} does, the shortest one there is.
 */
@NullMarked
package org.charrnn.model.lstm;

import org.jspecify.annotations.NullMarked;
