package org.charrnn.text.steps;

import org.charrnn.text.snapshot.Progress;

/** Counts windows, steps and epochs. */
public final class EpochCounter {

  private final int windows;
  private double lastEpochLoss = Double.NaN;

  /**
   * A counter.
   *
   * @param windows the windows of an epoch
   */
  public EpochCounter(int windows) {
    this.windows = windows;
  }

  /**
   * The progress after some steps.
   *
   * @param steps their number
   * @param window the number of windows of the epoch that were read
   * @param loss the sum of the mean losses of the windows of these steps
   */
  public Progress after(Progress before, int steps, int window, double loss) {
    double epochLoss = before.epochLoss() + loss;
    boolean endsEpoch = window == windows;
    if (endsEpoch) {
      lastEpochLoss = epochLoss / windows;
    }
    return new Progress(
        before.step() + steps,
        endsEpoch ? before.epoch() + 1 : before.epoch(),
        endsEpoch ? 0 : window,
        endsEpoch ? 0 : epochLoss,
        before.random(),
        before.validations());
  }

  /** The number of windows read since the start of the first epoch. */
  public long read(Progress before, int window) {
    return (long) before.epoch() * windows + window;
  }

  /** The windows of an epoch. */
  public int windows() {
    return windows;
  }

  /** The mean loss of the windows of the last completed epoch. */
  public double lastEpochLoss() {
    return lastEpochLoss;
  }
}
