package org.charrnn.model.lstm;

import static org.charrnn.api.ParameterSpec.bias;
import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * The plain recurrent network, "rnn": {@code h' = tanh(x W + h U + b)}.
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; state {@code
 * h [B, H]}; W {@code [inputSize, H]}, U {@code [H, H]}, b {@code [H]}. Weights are initially
 * uniform in {@code +-1/sqrt(H)}, the bias is 0.
 *
 * <p>Source: Elman, "Finding Structure in Time", Cognitive Science 14, 1990. The formula is that of
 * {@code torch.nn.RNN} with {@code tanh}, which writes the bias as a sum of two.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class RnnCell implements Cell {

  /** For ServiceLoader. */
  public RnnCell() {}

  @Override
  public String name() {
    return "rnn";
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        weight("W", inputSize, hiddenSize),
        weight("U", hiddenSize, hiddenSize),
        bias("b", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor h = state.getFirst();
    return List.of(x.matmul(p.get("W")).plus(h.matmul(p.get("U"))).plus(p.get("b")).tanh());
  }
}
