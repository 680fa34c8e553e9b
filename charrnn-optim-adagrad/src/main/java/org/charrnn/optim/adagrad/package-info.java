/**
 * Adagrad as a plugin: it writes the update of one parameter as a formula.
 *
 * <p>Input: the gradients of a window. Output: the new parameters and the sums of squared
 * gradients.
 */
@NullMarked
package org.charrnn.optim.adagrad;

import org.jspecify.annotations.NullMarked;
