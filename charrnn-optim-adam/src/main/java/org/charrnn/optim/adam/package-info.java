/**
 * Adam and its relatives as plugins: "adam", "adamw", "rmsprop" and "sgd", each with the formula of
 * PyTorch.
 *
 * <p>Before this room stand the gradients of a window, clipped; after it the new parameters and
 * what is remembered of each: running means of the gradient, of its square, or a velocity. To write
 * another optimizer, implement {@code org.charrnn.api.Optimizer} as {@link
 * org.charrnn.optim.adam.RmsProp} does, the shortest one here.
 *
 * <p>Momentum moves every weight in every step, so only {@code sgd} with momentum 0 and without
 * weight decay leaves alone the rows of a table that do not occur in a window.
 */
@NullMarked
package org.charrnn.optim.adam;

import org.jspecify.annotations.NullMarked;
