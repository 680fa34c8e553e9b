package org.charrnn.text.steps;

import org.charrnn.text.snapshot.Progress;

/**
 * The lengths of the rounds of a training. They depend on the steps done alone, so that a resumed
 * run has the same rounds as an uninterrupted one.
 *
 * @param stepsPerRound the steps of a round; the last round of an epoch may have fewer
 * @param stepsPerEpoch the steps of an epoch
 */
public record RoundLengths(int stepsPerRound, int stepsPerEpoch) {

  /** The steps of the next round. */
  public int next(Progress progress) {
    int done = (int) (progress.step() % stepsPerEpoch);
    return Math.min(stepsPerRound, stepsPerEpoch - done);
  }

  /** The step at the end of the round that contains a step, counted from 1. */
  public long endOfRound(long step) {
    long epochs = (step - 1) / stepsPerEpoch;
    long inEpoch = step - epochs * stepsPerEpoch;
    return epochs * stepsPerEpoch
        + Math.min(stepsPerEpoch, Math.ceilDiv(inEpoch, (long) stepsPerRound) * stepsPerRound);
  }
}
