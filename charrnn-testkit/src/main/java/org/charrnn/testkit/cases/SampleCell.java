package org.charrnn.testkit.cases;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * The cell that the contracts train: two states, a weight that is used twice, sigmoid and tanh.
 * {@code c' = f*c + (1-f)*tanh(x*W + h*U + b)} with {@code f = sigmoid(x*F + c*U + g)}; {@code h' =
 * tanh(c' * s) + h/4}.
 */
public final class SampleCell implements Cell {

  @Override
  public String name() {
    return "testkit-sample";
  }

  @Override
  public List<String> states() {
    return List.of("h", "c");
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        ParameterSpec.weight("W", inputSize, hiddenSize, Initializer.normal(0.5)),
        ParameterSpec.weight("F", inputSize, hiddenSize, Initializer.normal(0.5)),
        ParameterSpec.weight("U", hiddenSize, hiddenSize),
        ParameterSpec.bias("b", hiddenSize),
        ParameterSpec.bias("g", hiddenSize, Initializer.constant(1)),
        ParameterSpec.bias("s", hiddenSize, Initializer.constant(0.8)));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
    Tensor h = state.get(0);
    Tensor c = state.get(1);
    Tensor recurrent = weights.get("U");
    Tensor forget =
        x.matmul(weights.get("F")).plus(c.matmul(recurrent)).plus(weights.get("g")).sigmoid();
    Tensor candidate =
        x.matmul(weights.get("W")).plus(h.matmul(recurrent)).plus(weights.get("b")).tanh();
    Tensor newC = forget.times(c).plus(forget.subtractedFrom(1).times(candidate));
    Tensor newH = newC.times(weights.get("s")).tanh().plus(h.times(0.25));
    return List.of(newH, newC);
  }
}
