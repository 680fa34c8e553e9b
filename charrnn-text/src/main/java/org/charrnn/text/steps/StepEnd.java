package org.charrnn.text.steps;

import java.util.OptionalDouble;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.training.StepReport;

/**
 * Ends steps: checks that the numbers of each are finite, and makes its report and the progress
 * after it.
 */
public final class StepEnd {

  private final EpochCounter counter;
  private final FiniteCheck finiteCheck;
  private final SpeedMeter speed = new SpeedMeter();
  private final int characters;

  public StepEnd(TrainingConfig config, EpochCounter counter, int stepsPerEpoch) {
    this.counter = counter;
    this.finiteCheck = FiniteCheck.of(config, stepsPerEpoch);
    this.characters = config.windows().seqLength() * config.windows().batchSize();
  }

  /**
   * The end of a step.
   *
   * @param before the progress before the step
   * @param count the number of windows that it read
   * @param loss the sum of their mean losses, in nats per character
   * @param norm the norm of the gradients, if it was computed
   * @param rate the learning rate
   * @param nanos the time that it took
   */
  public Updater.Updated updated(
      Progress before, int count, double loss, OptionalDouble norm, double rate, long nanos) {
    long number = before.step() + 1;
    speed.add((long) count * characters, nanos);
    finiteCheck.requireFinite(number, "the loss", loss);
    norm.ifPresent(value -> finiteCheck.requireFinite(number, "the norm of the gradients", value));
    int window = before.window() + count;
    StepReport report =
        new StepReport(
            number,
            before.epoch() + 1,
            window,
            counter.read(before, window) * characters,
            loss / count,
            norm,
            rate,
            speed.rate());
    return new Updater.Updated(counter.after(before, 1, window, loss), report, loss, count);
  }
}
