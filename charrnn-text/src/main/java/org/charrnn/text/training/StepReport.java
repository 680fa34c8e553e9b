package org.charrnn.text.training;

import java.util.OptionalDouble;

/**
 * The report of a step.
 *
 * @param step its number, from 1
 * @param epoch its epoch, from 1
 * @param window the number of windows of the epoch that were read
 * @param characters the number of characters trained on since the first step
 * @param nats the mean loss of its window, in nats per character, before the update
 * @param gradientNorm the global norm of the gradients before clipping; empty if they are not
 *     clipped
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
