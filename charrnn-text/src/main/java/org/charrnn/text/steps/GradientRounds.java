package org.charrnn.text.steps;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.UpdateProgram;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.RoundResult;
import org.charrnn.text.rounds.RoundRunner;
import org.charrnn.text.rounds.RoundRunners;
import org.charrnn.text.rounds.WorkerReport;
import org.charrnn.text.rounds.WorkerStates;
import org.charrnn.text.snapshot.Progress;

/**
 * Runs steps whose gradients are computed by workers, one window each. It computes the same bits as
 * a {@link StepRunner} that accumulates the gradients of as many windows.
 */
public final class GradientRounds implements Updater {

  private final TrainingText text;
  private final DeviceModel model;
  private final UpdateProgram program;
  private final RoundRunner runner;
  private final LearningRate learningRate;
  private final EpochCounter counter;
  private final StepEnd end;

  public GradientRounds(
      TrainingText text, DeviceModel model, UpdateProgram program, RoundRunners runners) {
    this.text = text;
    this.model = model;
    this.program = program;
    this.runner = text.open(runners);
    this.learningRate = LearningRate.of(text.config(), text.stepsPerEpoch());
    this.counter = new EpochCounter(text.windows().count());
    this.end = new StepEnd(text.config(), counter, text.stepsPerEpoch());
  }

  @Override
  public Updated update(Progress before) {
    int count = Math.min(text.config().rounds().workers(), counter.windows() - before.window());
    long number = before.step() + 1;
    double rate = learningRate.next(before);
    long began = System.nanoTime();
    Round round =
        new Round(OuterRounds.position(before), counter.windows(), 1, count, model.readFlat());
    RoundResult result = runner.run(round, WorkerStates.of(List.of()));
    double sum = 0;
    for (WorkerReport report : result.reports()) {
      sum += report.loss();
    }
    program.run(rate, number, result.sum(), count);
    OptionalDouble norm = program.gradientNorm();
    return end.updated(before, count, sum, norm, rate, System.nanoTime() - began);
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

  @Override
  public void close() {
    runner.close();
  }
}
