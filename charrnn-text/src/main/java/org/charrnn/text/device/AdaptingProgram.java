package org.charrnn.text.device;

import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.text.encoding.Documents;

/**
 * Predicts a text window by window and learns from each window after it has been predicted. The
 * parameters are a copy in a session of its own.
 *
 * <p><b>Thread safety.</b> That of a session.
 */
public final class AdaptingProgram implements AutoCloseable {

  /** T, the number of ids of a window. Longer ones learn less often, shorter ones see less. */
  public static final int WINDOW = 20;

  private final DeviceModel model;
  private final BoundProgram program;
  private final boolean resets;
  private long step;

  /**
   * Copies the parameters of a model and compiles the program. The original is only read.
   *
   * @param original the model, whose session this thread may use
   * @param documents where the state is reset
   * @param rate the learning rate
   */
  public AdaptingProgram(DeviceModel original, Documents documents, double rate) {
    this.resets = documents.areKnown();
    this.model = original.copy();
    try {
      this.program = model.bind(model.network().adapt(spec(), new DynamicEvaluation()));
      program.write(BufferNames.LEARNING_RATE, rate);
    } catch (RuntimeException | OutOfMemoryError e) {
      model.close();
      throw e;
    }
  }

  private StepSpec spec() {
    return StepSpec.builder(WINDOW, 1)
        .carryState(true)
        .resets(resets ? StateResets.MASKED : StateResets.NONE)
        .meanLoss(true)
        .build();
  }

  /** Resets the state to that at the beginning of a text. The parameters stay as they are. */
  public void beginText() {
    program.clearCarriedState();
  }

  /**
   * Predicts a window and learns from it.
   *
   * @param ids {@code [T]}
   * @param targets the id after each; a negative one is neither predicted nor learned
   * @param stateMask 0 where a document begins, 1 elsewhere
   * @param losses receives the loss of each target under the parameters before the update
   */
  public void read(int[] ids, int[] targets, float[] stateMask, float[] losses) {
    program.write(BufferNames.STEP, (double) ++step);
    program.memory(BufferNames.IDS).write(ids);
    program.memory(BufferNames.TARGETS).write(targets);
    if (resets) {
      program.memory(BufferNames.STATE_MASK).write(stateMask);
    }
    program.run();
    program.memory(BufferNames.LOSSES).read(losses);
  }

  /**
   * Begins to read a text.
   *
   * @throws IllegalStateException if another thread reads one
   */
  public ExclusiveUse.Use use() {
    return model.use();
  }

  /** Frees the memory. */
  @Override
  public void close() {
    model.close();
  }
}
