package org.charrnn.testkit;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * A plain recurrent cell that keeps the contract; the broken ones each differ from it in one thing.
 */
public class GoodCell implements Cell {

  @Override
  public String name() {
    return "good";
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        ParameterSpec.weight("W", inputSize, hiddenSize, Initializer.normal(0.3)),
        ParameterSpec.weight("U", hiddenSize, hiddenSize),
        ParameterSpec.bias("b", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
    return List.of(sum(x, state.getFirst(), weights).tanh());
  }

  static Tensor sum(Tensor x, Tensor h, Weights weights) {
    return x.matmul(weights.get("W")).plus(h.matmul(weights.get("U"))).plus(weights.get("b"));
  }
}
