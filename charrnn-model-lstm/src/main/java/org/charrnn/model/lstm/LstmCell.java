package org.charrnn.model.lstm;

import static org.charrnn.api.ParameterSpec.bias;
import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * Long short-term memory, "lstm", with input, forget and output gate.
 *
 * <pre>
 * i  = sigmoid(x W_i + h U_i + b_i)
 * f  = sigmoid(x W_f + h U_f + b_f)
 * g  = tanh(x W_g + h U_g + b_g)
 * o  = sigmoid(x W_o + h U_o + b_o)
 * c' = f * c + i * g
 * h' = o * tanh(c')
 * </pre>
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; states
 * {@code h}, the output, and {@code c}, {@code [B, H]} each; each W {@code [inputSize, H]}, each U
 * {@code [H, H]}, each b {@code [H]}. Weights are initially uniform in {@code +-1/sqrt(H)}.
 *
 * <p>Source: Hochreiter, Schmidhuber, "Long Short-Term Memory", Neural Computation 9, 1997, with
 * the forget gate of Gers, Schmidhuber, Cummins, "Learning to Forget: Continual Prediction with
 * LSTM", Neural Computation 12, 2000. The formulas are those of {@code torch.nn.LSTM}, which writes
 * each bias as a sum of two. The forget bias is initially 1, so that a new network remembers, as
 * Jozefowicz, Zaremba, Sutskever advise in "An Empirical Exploration of Recurrent Network
 * Architectures", ICML 2015; the others are 0.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class LstmCell implements Cell {

  /** For ServiceLoader. */
  public LstmCell() {}

  @Override
  public String name() {
    return "lstm";
  }

  @Override
  public List<String> states() {
    return List.of("h", "c");
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        weight("W_i", inputSize, hiddenSize),
        weight("W_f", inputSize, hiddenSize),
        weight("W_g", inputSize, hiddenSize),
        weight("W_o", inputSize, hiddenSize),
        weight("U_i", hiddenSize, hiddenSize),
        weight("U_f", hiddenSize, hiddenSize),
        weight("U_g", hiddenSize, hiddenSize),
        weight("U_o", hiddenSize, hiddenSize),
        bias("b_i", hiddenSize),
        bias("b_f", hiddenSize, Initializer.constant(1)),
        bias("b_g", hiddenSize),
        bias("b_o", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor h = state.getFirst();
    Tensor input = sum(x, h, p, "i").sigmoid();
    Tensor forget = sum(x, h, p, "f").sigmoid();
    Tensor candidate = sum(x, h, p, "g").tanh();
    Tensor output = sum(x, h, p, "o").sigmoid();
    Tensor memory = forget.times(state.getLast()).plus(input.times(candidate));
    return List.of(output.times(memory.tanh()), memory);
  }

  private static Tensor sum(Tensor x, Tensor h, Weights p, String gate) {
    return x.matmul(p.get("W_" + gate)).plus(h.matmul(p.get("U_" + gate))).plus(p.get("b_" + gate));
  }
}
