package org.charrnn.text.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.api.Optimizer;
import org.charrnn.api.network.TrainingStep;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;

/** One step of training after another: what its program needs besides the parameters. */
public final class TrainingProgram {

  private final TrainingStep step;
  private final BoundProgram program;
  private final Map<String, Shape> stateShapes;

  /** Compiles the step. Optimizer states and carried states are zero. */
  public TrainingProgram(
      DeviceModel model, TrainingStep step, Optimizer optimizer, int hiddenSize) {
    this.step = step;
    this.program = model.bind(model.network().train(step, optimizer));
    this.stateShapes = stateShapes(model, step, optimizer, hiddenSize);
  }

  /**
   * What a checkpoint holds besides the parameters: optimizer states, carried states, by name, in
   * order.
   */
  private static Map<String, Shape> stateShapes(
      DeviceModel model, TrainingStep step, Optimizer optimizer, int hiddenSize) {
    Map<String, Shape> shapes = new LinkedHashMap<>(model.network().optimizerStates(optimizer));
    if (step.carryState()) {
      for (String name : model.network().carriedStates()) {
        shapes.put(name, Shape.of(step.batchSize(), hiddenSize));
      }
    }
    return shapes;
  }

  /** The shapes of optimizer states and carried states, by name, in order. */
  public Map<String, Shape> stateShapes() {
    return stateShapes;
  }

  /**
   * Runs one step.
   *
   * @param ids {@code [T, B]}
   * @param targets {@code [T, B]}
   * @param number 1 for the first step
   * @param dropoutSeed what is left out is a function of it
   * @param kept {@code [T, B]}, 0 where the state is to be zero before an id is read, 1 elsewhere;
   *     passed over unless the step {@linkplain TrainingStep#resets resets} the state
   * @return the mean loss in nats per character
   */
  public double run(
      int[] ids,
      int[] targets,
      double learningRate,
      long number,
      int dropoutSeed,
      float[] kept) {
    program.memory("ids").write(ids);
    program.memory("targets").write(targets);
    if (step.resets()) {
      program.memory("kept").write(kept);
    }
    program.write("learningRate", learningRate);
    program.write("step", (double) number);
    program.write("dropoutSeed", dropoutSeed);
    program.run();
    return program.readScalar("loss");
  }

  /** The global norm of the gradients of the last step before clipping, if they are clipped. */
  public OptionalDouble gradientNorm() {
    return program.has("gradientNorm")
        ? OptionalDouble.of(program.readScalar("gradientNorm"))
        : OptionalDouble.empty();
  }

  /** Lets the next window begin with the state that stands before any text. */
  public void clearCarriedState() {
    if (step.carryState()) {
      program.clearCarriedState();
    }
  }

  /** Optimizer states and carried states, by name, in order. */
  public Map<String, HostTensor> readStates() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    stateShapes.forEach((name, shape) ->
        tensors.put(
            name,
            program.has(name)
                ? BoundProgram.read(program.memory(name))
                : new HostTensor(shape, new float[shape.elements()])));
    return tensors;
  }

  /**
   * Writes optimizer states and carried states, all of which must be there and of the right shape.
   */
  public void writeStates(Map<String, HostTensor> tensors) {
    for (String name : stateShapes.keySet()) {
      if (program.has(name)) {
        program.memory(name).write(DeviceModel.tensor(tensors, name).values());
      }
    }
  }
}
