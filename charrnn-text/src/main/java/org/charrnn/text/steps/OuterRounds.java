package org.charrnn.text.steps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.rounds.OuterStep;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.RoundResult;
import org.charrnn.text.rounds.RoundRunner;
import org.charrnn.text.rounds.RoundRunners;
import org.charrnn.text.rounds.WorkerReport;
import org.charrnn.text.rounds.WorkerStates;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.training.StepReport;

/**
 * Runs rounds in which each worker takes steps of its own, and ends each with an outer step. The
 * states of the workers are part of a checkpoint.
 */
public final class OuterRounds implements Updater {

  private static final String MOMENTUM = ".outerMomentum";

  private final TrainingText text;
  private final DeviceModel model;
  private final WorkerStateFormat format;
  private final RoundRunner runner;
  private final OuterStep outerStep;
  private final EpochCounter counter;
  private final SpeedMeter speed = new SpeedMeter();
  private final float[] velocity;
  private WorkerStates states = WorkerStates.of(List.of());

  /**
   * Rounds that change the parameters of a model.
   *
   * @param shapes the shapes of the tensors of a worker's state, by name, in order
   */
  public OuterRounds(
      TrainingText text, DeviceModel model, Map<String, Shape> shapes, RoundRunners runners) {
    this.text = text;
    this.model = model;
    this.format = new WorkerStateFormat(shapes);
    this.runner = text.open(runners);
    this.outerStep = OuterStep.of(text.config().rounds());
    this.counter = new EpochCounter(text.windows().count());
    this.velocity = new float[Math.toIntExact(model.size())];
  }

  @Override
  public Updated update(Progress before) {
    int steps = text.roundLengths().next(before);
    float[] weights = model.readFlat();
    long began = System.nanoTime();
    RoundResult result = runner.run(round(before, steps, weights), states);
    outerStep.apply(weights, velocity, result.sum());
    model.writeFlat(weights);
    states = result.states();
    return updated(before, steps, result, System.nanoTime() - began);
  }

  private Round round(Progress before, int steps, float[] weights) {
    return new Round(position(before), counter.windows(), steps, outerStep.workers(), weights);
  }

  public static Round.Position position(Progress progress) {
    return new Round.Position(
        progress.step(),
        progress.epoch(),
        progress.window(),
        progress.random(),
        progress.validations().reductions());
  }

  private Updated updated(Progress before, int steps, RoundResult result, long nanos) {
    TrainingConfig config = text.config();
    int read = 0;
    double loss = 0;
    double norm = 0;
    for (WorkerReport report : result.reports()) {
      read += report.windows();
      loss += report.loss();
      norm += report.gradientNorm();
    }
    int workers = outerStep.workers();
    int characters = config.windows().seqLength() * config.windows().batchSize();
    speed.add((long) read * characters, nanos);
    int window = before.window() + read / workers;
    Progress after = counter.after(before, steps, window, loss / workers);
    StepReport report =
        new StepReport(
            after.step(),
            before.epoch() + 1,
            window,
            counter.read(before, window) * characters * workers,
            loss / read,
            config.optimizer().clipNorm().isPresent()
                ? OptionalDouble.of(norm / steps / workers)
                : OptionalDouble.empty(),
            learningRateOfLastStep(before, after),
            speed.rate());
    return new Updated(after, report, loss, read);
  }

  private double learningRateOfLastStep(Progress before, Progress after) {
    Progress last =
        new Progress(after.step() - 1, before.epoch(), 0, 0, before.random(), before.validations());
    return LearningRate.of(text.config(), text.stepsPerEpoch()).next(last);
  }

  @Override
  public double lastEpochLoss() {
    return counter.lastEpochLoss();
  }

  // ---- saved states

  @Override
  public Map<String, Shape> stateShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    model.shapes().forEach((name, shape) -> shapes.put(name + MOMENTUM, shape));
    for (int worker = 0; worker < outerStep.workers(); worker++) {
      String prefix = prefix(worker);
      format.shapes().forEach((name, shape) -> shapes.put(prefix + name, shape));
    }
    return shapes;
  }

  private static String prefix(int worker) {
    return String.format(Locale.ROOT, "worker.%d.", worker);
  }

  @Override
  public Map<String, HostTensor> readStates(Progress progress) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    int at = 0;
    for (Map.Entry<String, Shape> parameter : model.shapes().entrySet()) {
      HostTensor momentum =
          new HostTensor(parameter.getValue(), new float[parameter.getValue().elements()]);
      System.arraycopy(velocity, at, momentum.values(), 0, momentum.values().length);
      at += momentum.values().length;
      tensors.put(parameter.getKey() + MOMENTUM, momentum);
    }
    List<byte[]> all = states.read();
    for (int worker = 0; worker < outerStep.workers(); worker++) {
      String prefix = prefix(worker);
      Map<String, HostTensor> state =
          all.isEmpty() ? format.initial() : format.read(worker, progress.step(), all.get(worker));
      state.forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    }
    return tensors;
  }

  @Override
  public void writeStates(Map<String, HostTensor> tensors, Progress progress) {
    int at = 0;
    for (String name : model.shapes().keySet()) {
      float[] momentum = DeviceModel.tensor(tensors, name + MOMENTUM).values();
      System.arraycopy(momentum, 0, velocity, at, momentum.length);
      at += momentum.length;
    }
    List<byte[]> all = new ArrayList<>();
    for (int worker = 0; worker < outerStep.workers(); worker++) {
      Map<String, HostTensor> state = new LinkedHashMap<>();
      for (String name : format.shapes().keySet()) {
        state.put(name, DeviceModel.tensor(tensors, prefix(worker) + name));
      }
      all.add(format.write(worker, progress.step(), state));
    }
    states = WorkerStates.of(all);
  }

  @Override
  public void close() {
    runner.close();
  }
}
