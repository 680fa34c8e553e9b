package org.charrnn.text;

import java.util.OptionalDouble;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.device.TrainingProgram;
import org.charrnn.text.encoding.Windows;
import org.charrnn.text.training.StepReport;

/**
 * Runs steps: reads the windows of each, runs the program, and updates the progress. A step is one
 * update; it reads as many windows as the configuration says, the last one of an epoch the rest.
 */
final class StepRunner {

  /** The stream of random numbers for dropout; the streams of samples are numbers of steps. */
  private static final long DROPOUT = -1;

  private final Windows windows;
  private final TrainingProgram program;
  private final int accumulate;
  private final LearningRate learningRate;
  private final FiniteCheck finiteCheck;
  private final int[] ids;
  private final int[] targets;
  private final float[] kept;
  private final SpeedMeter speed = new SpeedMeter();
  private double lastEpochLoss = Double.NaN;

  /**
   * The result of a step.
   *
   * @param progress the progress after it
   * @param report its report
   */
  record Stepped(Progress progress, StepReport report) {}

  StepRunner(
      TrainingText text,
      TrainingProgram program,
      LearningRate learningRate,
      FiniteCheck finiteCheck) {
    TrainingConfig config = text.config();
    this.windows = text.windows();
    this.program = program;
    this.accumulate = config.optimizer().accumulate();
    this.learningRate = learningRate;
    this.finiteCheck = finiteCheck;
    int characters = config.windows().seqLength() * config.windows().batchSize();
    this.ids = new int[characters];
    this.targets = new int[characters];
    this.kept = new float[characters];
  }

  Stepped step(Progress before) {
    if (before.window() == 0) {
      program.clearCarriedState();
    }
    int count = Math.min(accumulate, windows.count() - before.window());
    long number = before.step() + 1;
    double rate = learningRate.next(before);
    long began = System.nanoTime();
    program.begin(rate, number);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += read(before, before.window() + i);
    }
    program.end(count);
    OptionalDouble norm = program.gradientNorm();
    speed.add((long) count * ids.length, System.nanoTime() - began);
    finiteCheck.requireFinite(number, "the loss", sum);
    norm.ifPresent(value -> finiteCheck.requireFinite(number, "the norm of the gradients", value));
    int window = before.window() + count;
    StepReport report =
        new StepReport(
            number,
            before.epoch() + 1,
            window,
            windowsRead(before, window) * ids.length,
            sum / count,
            norm,
            rate,
            speed.rate());
    return new Stepped(after(before, window, sum), report);
  }

  private double read(Progress progress, int window) {
    windows.fill(window, ids, targets, kept);
    return program.read(ids, targets, kept, dropoutSeed(progress, window));
  }

  /** A different seed for each window, and the same one when a resumed run reads it again. */
  private int dropoutSeed(Progress progress, int window) {
    return (int)
        new SeededRandom(progress.random())
            .split(DROPOUT)
            .split(windowsRead(progress, window))
            .nextLong();
  }

  /** The number of windows read since the start of the first epoch. */
  private long windowsRead(Progress progress, int window) {
    return (long) progress.epoch() * windows.count() + window;
  }

  private Progress after(Progress before, int window, double loss) {
    double epochLoss = before.epochLoss() + loss;
    boolean endsEpoch = window == windows.count();
    if (endsEpoch) {
      lastEpochLoss = epochLoss / windows.count();
    }
    return new Progress(
        before.step() + 1,
        endsEpoch ? before.epoch() + 1 : before.epoch(),
        endsEpoch ? 0 : window,
        endsEpoch ? 0 : epochLoss,
        before.random(),
        before.validations());
  }

  /** The mean loss of the windows of the last completed epoch. */
  double lastEpochLoss() {
    return lastEpochLoss;
  }
}
