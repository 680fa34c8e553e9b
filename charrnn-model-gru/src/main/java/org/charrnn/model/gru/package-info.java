/**
 * The gated recurrent unit as a plugin: it writes one time step, and {@code org.charrnn.graph}
 * derives the gradients.
 *
 * <p>Before it stands the embedded or one-hot input of a step, after it the layer that turns the
 * new state into logits.
 */
@NullMarked
package org.charrnn.model.gru;

import org.jspecify.annotations.NullMarked;
