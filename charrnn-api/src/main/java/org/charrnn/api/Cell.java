package org.charrnn.api;

import java.util.List;
import org.charrnn.graph.Tensor;

/**
 * One step of a recurrent network, written forward only. Gradients are derived; {@link
 * org.charrnn.api.network.Network} stacks layers and unrolls time. A cell is independent of
 * accelerators and optimizers.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public interface Cell extends Plugin {

  /**
   * {@return the parameters of one layer}
   *
   * @param inputSize columns of the input of a step: the vocabulary or embedding size for the first
   *     layer, the hidden size for others
   * @param hiddenSize columns of each state
   */
  List<ParameterSpec> parameters(int inputSize, int hiddenSize);

  /**
   * {@return the names of the states, at least one} The first one is the output of the layer. All
   * are initially zero.
   */
  default List<String> states() {
    return List.of("h");
  }

  /**
   * Records one time step.
   *
   * @param x input of this step: {@code [B, inputSize]}, or ids {@code [B]} that represent one-hot
   *     rows; {@link Tensor#matmul} accepts both
   * @param state the states after the previous step, each {@code [B, hiddenSize]}, in the order of
   *     {@link #states()}
   * @param weights the declared parameters
   * @return the states after this step, in the same order and shapes
   */
  List<Tensor> step(Tensor x, List<Tensor> state, Weights weights);
}
