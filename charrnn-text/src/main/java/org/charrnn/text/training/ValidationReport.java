package org.charrnn.text.training;

/**
 * What one measuring of the held-out text showed.
 *
 * @param step the steps made so far
 * @param epoch the passes that were completed
 * @param loss the loss on the text that is held out
 * @param learningRate the learning rate of the step before it
 * @param best whether no loss was lower so far
 * @param bestNats the least loss so far, this one included, in nats per character
 * @param bestStep the steps that were made then
 * @param endsEpoch whether it was measured at the end of a pass
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
