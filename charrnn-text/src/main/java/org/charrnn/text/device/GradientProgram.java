package org.charrnn.text.device;

import java.util.List;
import org.charrnn.api.Memory;
import org.charrnn.api.network.StepSpec;

/** The program that computes the gradients of windows, and its memory besides the parameters. */
public final class GradientProgram {

  private final WindowReading reading;
  private final List<Memory> gradients;
  private final float[] zeros;

  /** Compiles the program. */
  public GradientProgram(DeviceModel model, StepSpec step) {
    BoundProgram program = model.bind(model.network().accumulate(step));
    this.reading = new WindowReading(program, step);
    this.gradients = model.network().accumulators().stream().map(program::memory).toList();
    this.zeros = new float[Math.toIntExact(model.size())];
  }

  /**
   * Reads a window, see {@link TrainingProgram#read}, and computes the gradients of its loss.
   *
   * @return the mean loss in nats per character
   */
  public double read(int[] ids, int[] targets, float[] stateMask, int dropoutSeed) {
    FlatMemory.write(gradients, zeros);
    return reading.read(ids, targets, stateMask, dropoutSeed);
  }

  /** The gradients of the window that was read last, of all parameters in order. */
  public float[] gradients() {
    return FlatMemory.read(gradients);
  }
}
