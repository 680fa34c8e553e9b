package org.charrnn.text.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.api.Optimizer;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * The programs of training steps, and their memory besides the parameters. Each step is begun,
 * reads its windows, and is ended.
 *
 * <p>With one window a step, one program does everything when it reads that window. With several,
 * one program reads each window and accumulates its gradients, and another one ends the step.
 */
public final class TrainingProgram {

  private final StepSpec step;
  private final BoundProgram reading;
  private final BoundProgram updating;
  private final Map<String, Shape> stateShapes;

  /**
   * Compiles the programs. Optimizer states and carried states are zero.
   *
   * @param accumulate the maximum number of windows of a step
   */
  public TrainingProgram(DeviceModel model, StepSpec step, Optimizer optimizer, int accumulate) {
    this.step = step;
    if (accumulate == 1) {
      this.reading = model.bind(model.network().train(step, optimizer));
      this.updating = reading;
    } else {
      this.reading = model.bind(model.network().accumulate(step));
      this.updating = model.bind(model.network().applyAccumulated(step, optimizer), reading);
    }
    this.stateShapes = stateShapes(model.network(), step, optimizer);
  }

  /**
   * The tensors of a checkpoint besides the parameters: optimizer states and carried states by
   * name, in order. Accumulated gradients are zero between steps and are not saved.
   */
  public static Map<String, Shape> stateShapes(
      Network network, StepSpec step, Optimizer optimizer) {
    Map<String, Shape> shapes = new LinkedHashMap<>(network.optimizerStates(optimizer));
    if (step.carryState()) {
      for (String name : network.carriedStates()) {
        shapes.put(name, Shape.of(step.batchSize(), network.hiddenSize()));
      }
    }
    return shapes;
  }

  /** The shapes of optimizer states and carried states, by name, in order. */
  public Map<String, Shape> stateShapes() {
    return stateShapes;
  }

  // ---- a step

  /**
   * Begins a step.
   *
   * @param number 1 for the first step
   */
  public void begin(double learningRate, long number) {
    updating.write(BufferNames.LEARNING_RATE, learningRate);
    updating.write(BufferNames.STEP, (double) number);
  }

  /**
   * Reads a window.
   *
   * @param ids {@code [T, B]}
   * @param targets {@code [T, B]}
   * @param dropoutSeed determines which inputs are dropped
   * @param stateMask {@code [T, B]}, 0 where the state is reset before an id is read, 1 elsewhere;
   *     ignored unless the step {@linkplain StepSpec#resets resets} the state
   * @return the mean loss in nats per character
   */
  public double read(int[] ids, int[] targets, float[] stateMask, int dropoutSeed) {
    return new WindowReading(reading, step).read(ids, targets, stateMask, dropoutSeed);
  }

  /**
   * Ends a step: updates the parameters.
   *
   * @param windowCount the number of windows that were read
   */
  public void end(int windowCount) {
    if (updating != reading) {
      updating.write(BufferNames.WINDOW_COUNT, (double) windowCount);
      updating.run();
    }
  }

  /** The global norm of the gradients of the last step before it was clipped, if it is. */
  public OptionalDouble gradientNorm() {
    return step.clipsNorm()
        ? OptionalDouble.of(updating.readScalar(BufferNames.GRADIENT_NORM))
        : OptionalDouble.empty();
  }

  /** Resets the state to that at the beginning of a text. */
  public void clearCarriedState() {
    if (step.carryState()) {
      reading.clearCarriedState();
    }
  }

  // ---- saved states

  /** Optimizer states and carried states, by name, in order. */
  public Map<String, HostTensor> readStates() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (String name : stateShapes.keySet()) {
      tensors.put(name, BoundProgram.read(programOf(name).memory(name)));
    }
    return tensors;
  }

  /**
   * Writes optimizer states and carried states, all of which must be present and have the right
   * shape.
   */
  public void writeStates(Map<String, HostTensor> tensors) {
    for (String name : stateShapes.keySet()) {
      programOf(name).memory(name).write(DeviceModel.tensor(tensors, name).values());
    }
  }

  private BoundProgram programOf(String state) {
    return reading.has(state) ? reading : updating;
  }
}
