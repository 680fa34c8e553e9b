/**
 * The gated recurrent unit as a plugin: it writes one time step, and {@code org.charrnn.graph}
 * derives the gradients.
 *
 * <p>Input: the embedded or one-hot input of a step. Output: the new state, which the next layer or
 * the output layer reads.
 */
@NullMarked
package org.charrnn.model.gru;

import org.jspecify.annotations.NullMarked;
