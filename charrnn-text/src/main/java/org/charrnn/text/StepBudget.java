package org.charrnn.text;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;

/**
 * Finds the number of steps that fit a time, by a trial of some seconds: the first half of it warms
 * up, the second half is measured. The trial counts as time, and so do measurements of the held-out
 * text, samples and checkpoints.
 *
 * @param config the intervals of measurements and checkpoints
 * @param stepsPerEpoch the steps of an epoch
 * @param nanoTime the clock
 */
record StepBudget(TrainingConfig config, long stepsPerEpoch, LongSupplier nanoTime) {

  private static final int TRIAL_SHARE = 20;
  private static final double MIN_TRIAL_SECONDS = 1;
  private static final double MAX_TRIAL_SECONDS = 10;

  /** The share of the time that is left to the files of a run: metrics, plots, reports. */
  private static final double RESERVE = 0.01;

  private static final double NANOS = 1e9;

  /** The work that is tried. */
  interface Work {

    /** One step, or a round of several; returns their number. */
    long step();

    /** Measures a part of the held-out text; returns its share, 1 if no text is held out. */
    double measure();

    /** Generates a sample, and copies what a checkpoint holds. */
    void save();
  }

  /** The seconds of each kind of work. */
  private record Seconds(double step, double validation, double save) {}

  /**
   * The number of steps, counted from the first one, for which training takes this time from now.
   *
   * @throws InvalidOptionException if the time is too short for a step
   */
  long steps(Duration time, Work work) {
    long start = nanoTime.getAsLong();
    double all = time.toNanos() / NANOS;
    Seconds each = tried(work, Math.clamp(all / TRIAL_SHARE, MIN_TRIAL_SECONDS, MAX_TRIAL_SECONDS));
    double trial = secondsSince(start);
    double left = all * (1 - RESERVE) - trial;
    if (duration(1, each) > left) {
      throw new InvalidOptionException(
          "budget",
          String.format(Locale.ROOT, "%.1f s left", all),
          String.format(
              Locale.ROOT,
              "longer; one step, measured and saved, takes %.1f s after a trial of %.1f s",
              duration(1, each),
              trial));
    }
    return most(left, each);
  }

  private Seconds tried(Work work, double seconds) {
    secondsPerStep(work, seconds / 2);
    double step = secondsPerStep(work, seconds / 2);
    work.measure();
    work.save();
    long start = nanoTime.getAsLong();
    double share = work.measure();
    double validation = secondsSince(start) / share;
    start = nanoTime.getAsLong();
    work.save();
    return new Seconds(step, validation, secondsSince(start));
  }

  private double secondsPerStep(Work work, double seconds) {
    long start = nanoTime.getAsLong();
    long steps = 0;
    do {
      steps += work.step();
    } while (secondsSince(start) < seconds);
    return secondsSince(start) / steps;
  }

  private double secondsSince(long start) {
    return (nanoTime.getAsLong() - start) / NANOS;
  }

  /** The highest number of steps that takes at most this long. */
  private long most(double seconds, Seconds each) {
    long low = 1;
    long high = (long) Math.min(Long.MAX_VALUE / 2.0, seconds / each.step()) + 1;
    while (low < high - 1) {
      long middle = low + (high - low) / 2;
      if (duration(middle, each) <= seconds) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The time of some steps with their measurements and checkpoints. */
  private double duration(long steps, Seconds each) {
    long validations = times(steps, stepsPerEpoch, config.watch().validateEverySteps());
    long saves =
        times(steps, stepsPerEpoch * config.run().saveEvery(), config.watch().saveEverySteps());
    return steps * each.step() + validations * each.validation() + saves * each.save();
  }

  /** How often something is done that is due at either of two intervals and after the last step. */
  private static long times(long steps, long interval, OptionalLong further) {
    long other = further.orElse(interval);
    long due = steps / interval + steps / other - steps / commonMultiple(interval, other);
    return steps % interval == 0 || steps % other == 0 ? due : due + 1;
  }

  /** The lowest common multiple; {@code Long.MAX_VALUE} if it is higher. */
  private static long commonMultiple(long one, long other) {
    long divisor = one;
    for (long rest = other; rest != 0; ) {
      long next = divisor % rest;
      divisor = rest;
      rest = next;
    }
    long factor = one / divisor;
    return factor > Long.MAX_VALUE / other ? Long.MAX_VALUE : factor * other;
  }
}
