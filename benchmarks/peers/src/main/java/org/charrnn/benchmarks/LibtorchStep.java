package org.charrnn.benchmarks;

import org.bytedeco.pytorch.CrossEntropyLossOptions;
import org.bytedeco.pytorch.Tensor;

/** A training step in libtorch. */
interface LibtorchStep {

  double RATE = 0.005;
  double EPSILON = 1e-8;

  /**
   * Trains on one window and returns the loss.
   *
   * @param ids {@code [T, B]}
   * @param targets {@code [T * B]}
   */
  float run(Tensor ids, Tensor targets, CrossEntropyLossOptions reduction);
}
