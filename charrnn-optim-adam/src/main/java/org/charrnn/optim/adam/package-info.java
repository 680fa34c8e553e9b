/**
 * Adam and related optimizers as plugins: "adam", "adamw", "rmsprop" and "sgd", each with the
 * formula of PyTorch.
 *
 * <p>Input: the clipped gradients of a window. Output: the new parameters and their states: running
 * means of the gradient and of its square, or a velocity. To write another optimizer, implement
 * {@code org.charrnn.api.Optimizer}; {@link org.charrnn.optim.adam.RmsProp} is the shortest
 * example.
 *
 * <p>Momentum changes every weight in every step, so only {@code sgd} with momentum 0 and without
 * weight decay keeps the rows of a table that do not occur in a window.
 */
@NullMarked
package org.charrnn.optim.adam;

import org.jspecify.annotations.NullMarked;
