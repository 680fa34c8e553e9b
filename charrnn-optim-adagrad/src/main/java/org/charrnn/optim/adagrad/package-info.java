/**
 * Adagrad as a plugin: it writes the update of one parameter as an expression.
 *
 * <p>Before it stand the gradients of a window, after it the new parameters and the sums of squared
 * gradients.
 */
@NullMarked
package org.charrnn.optim.adagrad;

import org.jspecify.annotations.NullMarked;
