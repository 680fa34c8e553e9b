package org.charrnn.text.rounds;

import java.io.Serializable;

/**
 * The measurements of a worker in a round.
 *
 * @param windows the windows that it has read
 * @param loss the sum of the mean losses of these windows, in nats per character
 * @param gradientNorm the sum over its steps of the global norm of the gradients before clipping; 0
 *     if they are not clipped
 */
public record WorkerReport(int windows, double loss, double gradientNorm) implements Serializable {}
