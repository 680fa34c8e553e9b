package org.example.charrnn;

import static org.charrnn.api.ParameterSpec.bias;
import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * {@code h' = tanh(x W + h U + b)}, from Elman, "Finding Structure in Time", Cognitive Science 14,
 * 1990.
 */
public final class SimpleRnnCell implements Cell {

  @Override
  public String name() {
    return "simple-rnn";
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        weight("W", inputSize, hiddenSize),
        weight("U", hiddenSize, hiddenSize),
        bias("b", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
    Tensor h = state.getFirst();
    return List.of(
        x.matmul(weights.get("W")).plus(h.matmul(weights.get("U"))).plus(weights.get("b")).tanh());
  }
}
