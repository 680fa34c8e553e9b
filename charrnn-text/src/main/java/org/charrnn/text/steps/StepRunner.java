package org.charrnn.text.steps;

import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.device.TrainingProgram;
import org.charrnn.text.encoding.Windows;
import org.charrnn.text.snapshot.Progress;

/**
 * Runs steps: reads the windows of each, runs the program, and updates the progress. A step is one
 * update; it reads as many windows as the configuration says, the last one of an epoch the rest.
 */
public final class StepRunner implements Updater {

  private final Windows windows;
  private final TrainingProgram program;
  private final int accumulate;
  private final LearningRate learningRate;
  private final DropoutSeeds dropoutSeeds;
  private final EpochCounter counter;
  private final StepEnd end;
  private final int[] ids;
  private final int[] targets;
  private final float[] kept;

  public StepRunner(
      TrainingConfig config,
      Windows windows,
      TrainingProgram program,
      DropoutSeeds dropoutSeeds,
      int stepsPerEpoch) {
    this.windows = windows;
    this.program = program;
    this.accumulate = config.optimizer().accumulate();
    this.learningRate = LearningRate.of(config, stepsPerEpoch);
    this.dropoutSeeds = dropoutSeeds;
    this.counter = new EpochCounter(windows.count());
    this.end = new StepEnd(config, counter, stepsPerEpoch);
    int characters = config.windows().seqLength() * config.windows().batchSize();
    this.ids = new int[characters];
    this.targets = new int[characters];
    this.kept = new float[characters];
  }

  @Override
  public Updated update(Progress before) {
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
    return end.updated(before, count, sum, norm, rate, System.nanoTime() - began);
  }

  private double read(Progress progress, int window) {
    windows.fill(window, ids, targets, kept);
    int seed = dropoutSeeds.seed(progress.random(), counter.read(progress, window));
    return program.read(ids, targets, kept, seed);
  }

  @Override
  public double lastEpochLoss() {
    return counter.lastEpochLoss();
  }

  @Override
  public Map<String, Shape> stateShapes() {
    return program.stateShapes();
  }

  @Override
  public Map<String, HostTensor> readStates(Progress progress) {
    return program.readStates();
  }

  @Override
  public void writeStates(Map<String, HostTensor> tensors, Progress progress) {
    program.writeStates(tensors);
  }
}
