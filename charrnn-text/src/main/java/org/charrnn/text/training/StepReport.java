package org.charrnn.text.training;

import java.util.OptionalDouble;

/**
 * The report of a step, or of a round of steps of several workers.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param step its number, from 1; that of the last step of a round
 * @param epoch its epoch, from 1
 * @param window the number of windows of the epoch that were read, by each worker if there are
 *     parts for workers
 * @param characters the number of characters trained on since the first step, by all workers
 * @param nats the mean loss of its windows, in nats per character, before each update
 * @param gradientNorm the global norm of the gradients before clipping; empty if they are not
 *     clipped; the mean over all steps of a round
 * @param learningRate the learning rate of this step
 * @param charactersPerSecond the current speed
 */
public record StepReport(
    long step,
    int epoch,
    int window,
    long characters,
    double nats,
    OptionalDouble gradientNorm,
    double learningRate,
    double charactersPerSecond) {}
