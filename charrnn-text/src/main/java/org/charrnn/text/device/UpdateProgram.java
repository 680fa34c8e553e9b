package org.charrnn.text.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.charrnn.api.Memory;
import org.charrnn.api.Optimizer;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * The program that updates the parameters with the sum of the gradients of several windows, and its
 * memory besides the parameters.
 */
public final class UpdateProgram {

  private final StepSpec step;
  private final BoundProgram program;
  private final List<Memory> gradients;
  private final Map<String, Shape> stateShapes;

  /** Compiles the program. Optimizer states are zero. */
  public UpdateProgram(DeviceModel model, StepSpec step, Optimizer optimizer) {
    this.step = step;
    this.program = model.bind(model.network().applyAccumulated(step, optimizer));
    this.gradients = model.network().accumulators().stream().map(program::memory).toList();
    this.stateShapes = new LinkedHashMap<>(model.network().optimizerStates(optimizer));
  }

  /**
   * Updates the parameters.
   *
   * @param number 1 for the first step
   * @param sum the sum of the gradients of all parameters, in order
   * @param windowCount the number of windows that it is the sum of
   */
  public void run(double learningRate, long number, float[] sum, int windowCount) {
    program.write(BufferNames.LEARNING_RATE, learningRate);
    program.write(BufferNames.STEP, (double) number);
    FlatMemory.write(gradients, sum);
    program.write(BufferNames.WINDOW_COUNT, (double) windowCount);
    program.run();
  }

  /** The global norm of the gradients of the last step before it was clipped, if it is. */
  public OptionalDouble gradientNorm() {
    return step.clipsNorm()
        ? OptionalDouble.of(program.readScalar(BufferNames.GRADIENT_NORM))
        : OptionalDouble.empty();
  }

  /** The shapes of the optimizer states, by name, in order. */
  public Map<String, Shape> stateShapes() {
    return stateShapes;
  }

  /** The optimizer states, by name, in order. */
  public Map<String, HostTensor> readStates() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    stateShapes
        .keySet()
        .forEach(name -> tensors.put(name, BoundProgram.read(program.memory(name))));
    return tensors;
  }

  /** Writes the optimizer states, all of which must be present and have the right shape. */
  public void writeStates(Map<String, HostTensor> tensors) {
    stateShapes
        .keySet()
        .forEach(name -> program.memory(name).write(DeviceModel.tensor(tensors, name).values()));
  }
}
