package org.charrnn.model.gru;

import static org.charrnn.api.ParameterSpec.bias;
import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * The gated recurrent unit, "gru-reset-after": the reset gate acts after the recurrent product,
 * which has a bias of its own, so that all three recurrent products of a step can be one.
 *
 * <pre>
 * r  = sigmoid(x W_r + b_r + h U_r + c_r)
 * z  = sigmoid(x W_z + b_z + h U_z + c_z)
 * h~ = tanh(x W + b + r * (h U + c))
 * h' = z * h + (1 - z) * h~
 * </pre>
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; state {@code
 * h [B, H]}; each W {@code [inputSize, H]}, each U {@code [H, H]}, each b and c {@code [H]}. All of
 * them are initially uniform in {@code +-1/sqrt(H)}, as in PyTorch.
 *
 * <p>Source: the formulas of cuDNN and of {@code torch.nn.GRU}; first in the v1 manuscript of Cho
 * et al. (arXiv 1406.1078), according to the documentation of {@code reset_after} in Keras.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class ResetAfterGruCell implements Cell {

  /** For ServiceLoader. */
  public ResetAfterGruCell() {}

  @Override
  public String name() {
    return "gru-reset-after";
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    Initializer uniform = Initializer.uniform(1 / Math.sqrt(hiddenSize));
    return List.of(
        weight("W_r", inputSize, hiddenSize),
        weight("W_z", inputSize, hiddenSize),
        weight("W", inputSize, hiddenSize),
        weight("U_r", hiddenSize, hiddenSize),
        weight("U_z", hiddenSize, hiddenSize),
        weight("U", hiddenSize, hiddenSize),
        bias("b_r", hiddenSize, uniform),
        bias("b_z", hiddenSize, uniform),
        bias("b", hiddenSize, uniform),
        bias("c_r", hiddenSize, uniform),
        bias("c_z", hiddenSize, uniform),
        bias("c", hiddenSize, uniform));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor h = state.getFirst();
    Tensor r = gate(x, h, p, "r");
    Tensor z = gate(x, h, p, "z");
    Tensor recurrent = h.matmul(p.get("U")).plus(p.get("c"));
    Tensor candidate = x.matmul(p.get("W")).plus(p.get("b")).plus(r.times(recurrent)).tanh();
    return List.of(z.times(h).plus(z.subtractedFrom(1).times(candidate)));
  }

  private static Tensor gate(Tensor x, Tensor h, Weights p, String gate) {
    Tensor input = x.matmul(p.get("W_" + gate)).plus(p.get("b_" + gate));
    Tensor recurrent = h.matmul(p.get("U_" + gate)).plus(p.get("c_" + gate));
    return input.plus(recurrent).sigmoid();
  }
}
