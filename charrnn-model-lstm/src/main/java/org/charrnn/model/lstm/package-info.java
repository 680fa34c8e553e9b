/**
 * Long short-term memory, "lstm", its extension "mogrifier-lstm", and the plain recurrent network,
 * "rnn", as plugins: each writes one time step, and {@code org.charrnn.graph} derives the
 * gradients.
 *
 * <p>Input: the embedded or one-hot input of a step. Output: the new state, which the next layer or
 * the output layer reads. To write another cell, implement {@code org.charrnn.api.Cell}; {@link
 * org.charrnn.model.lstm.RnnCell} is the shortest example.
 */
@NullMarked
package org.charrnn.model.lstm;

import org.jspecify.annotations.NullMarked;
