package org.charrnn.text.training;

import java.util.OptionalDouble;

/**
 * What one step did.
 *
 * @param step its number, from 1
 * @param epoch the pass it belongs to, from 1
 * @param window its number in the pass, from 1
 * @param characters how many characters were trained on so far, from the first step on
 * @param nats the mean loss of its window, in nats per character, before the update
 * @param gradientNorm the global norm of the gradients before clipping; empty if they are not
 *     clipped
 * @param learningRate the learning rate of this step
 * @param charactersPerSecond the present rate
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
