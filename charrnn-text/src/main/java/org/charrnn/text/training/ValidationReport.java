package org.charrnn.text.training;

/**
 * The result of a measurement of the held-out text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param step the number of steps so far
 * @param epoch the number of completed epochs
 * @param loss the loss on the text that is held out
 * @param learningRate the learning rate of the step before it
 * @param best whether it is the lowest loss so far
 * @param bestNats the lowest loss so far, this one included, in nats per character
 * @param bestStep the step at which that was measured
 * @param endsEpoch whether it was measured at the end of an epoch
 */
public record ValidationReport(
    long step,
    int epoch,
    Loss loss,
    double learningRate,
    boolean best,
    double bestNats,
    long bestStep,
    boolean endsEpoch) {}
