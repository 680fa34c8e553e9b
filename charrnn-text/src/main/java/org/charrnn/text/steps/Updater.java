package org.charrnn.text.steps;

import java.util.Map;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.training.StepReport;

/** The part of a training that changes its parameters: step by step, or in rounds of workers. */
public interface Updater extends AutoCloseable {

  /**
   * The result of an update.
   *
   * @param progress the progress after it
   * @param report its report
   * @param loss the sum of the mean losses of the windows of all steps in it, in nats per character
   * @param windows the number of these windows
   */
  record Updated(Progress progress, StepReport report, double loss, int windows) {}

  /** One step or one round. */
  Updated update(Progress before);

  /** The mean loss of the windows of the last completed epoch. */
  double lastEpochLoss();

  // ---- saved states

  /** The shapes of the tensors of a checkpoint besides the parameters, by name, in order. */
  Map<String, Shape> stateShapes();

  /**
   * The tensors of a checkpoint besides the parameters, by name, in order.
   *
   * @param progress the present progress
   */
  Map<String, HostTensor> readStates(Progress progress);

  /**
   * Continues with saved tensors, all of which must be present and have the right shape.
   *
   * @param progress the progress when they were saved
   */
  void writeStates(Map<String, HostTensor> tensors, Progress progress);

  @Override
  default void close() {}
}
