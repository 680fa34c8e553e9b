package org.charrnn.api;

import java.util.List;
import org.charrnn.graph.Tensor;

/**
 * One step of a recurrent network, written forward only. Gradients are derived; {@link
 * org.charrnn.api.network.Network} stacks layers and repeats the step over time. A cell is
 * independent of accelerators and optimizers.
 *
 * <p>In shapes, B is the batch size: the number of texts that are processed together.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public interface Cell extends Plugin {

  /**
   * {@return the parameters of one layer} Their names are unique and consist of letters, digits,
   * {@code _} and {@code -}. A weight whose shape does not depend on {@code inputSize} counts as a
   * recurrent weight, see {@link org.charrnn.api.network.Network#recurrentWeights}.
   *
   * @param inputSize the number of columns of the input of a step, at least 1: the size of the
   *     vocabulary or of the embedding for the first layer, the hidden size for the others
   * @param hiddenSize H, the number of columns of each state, at least 1
   */
  List<ParameterSpec> parameters(int inputSize, int hiddenSize);

  /**
   * {@return the names of the states, at least one; by default {@code h} alone} They are unique and
   * consist of letters, digits, {@code _} and {@code -}. The first state is the output of the
   * layer. All are initially zero.
   */
  default List<String> states() {
    return List.of("h");
  }

  /**
   * Records one time step. It is called when a program is written, once for each layer, and not
   * when the program runs.
   *
   * @param x the input of this step: {@code [B, inputSize]}, or ids {@code [B]} that represent
   *     one-hot rows; {@link Tensor#matmul} accepts both
   * @param state the states after the previous step, each {@code [B, hiddenSize]}, in the order of
   *     {@link #states()}
   * @param weights the declared parameters
   * @return the states after this step, in the same order and shapes
   * @throws IllegalArgumentException from the methods of the tensors, if shapes do not fit
   */
  List<Tensor> step(Tensor x, List<Tensor> state, Weights weights);
}
