package org.charrnn.model.gru;

import static org.charrnn.api.ParameterSpec.bias;
import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * The gated recurrent unit, "gru": the reset gate acts before the recurrent product.
 *
 * <pre>
 * r  = sigmoid(x W_r + h U_r + b_r)
 * z  = sigmoid(x W_z + h U_z + b_z)
 * h~ = tanh(x W + (r * h) U + b)
 * h' = z * h + (1 - z) * h~
 * </pre>
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; state {@code
 * h [B, H]}; each W {@code [inputSize, H]}, each U {@code [H, H]}, each b {@code [H]}. Weights are
 * initially uniform in {@code +-1/sqrt(H)}, biases 0.
 *
 * <p>Source: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", EMNLP 2014,
 * where {@code z} keeps the old state, as here. {@link ResetAfterGruCell} is the variant of cuDNN.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class GruCell implements Cell {

  /** For ServiceLoader. */
  public GruCell() {}

  @Override
  public String name() {
    return "gru";
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        weight("W", inputSize, hiddenSize),
        weight("U", hiddenSize, hiddenSize),
        bias("b", hiddenSize),
        weight("W_r", inputSize, hiddenSize),
        weight("W_z", inputSize, hiddenSize),
        weight("U_r", hiddenSize, hiddenSize),
        weight("U_z", hiddenSize, hiddenSize),
        bias("b_z", hiddenSize),
        bias("b_r", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor h = state.getFirst();
    Tensor r = x.matmul(p.get("W_r")).plus(h.matmul(p.get("U_r"))).plus(p.get("b_r")).sigmoid();
    Tensor z = x.matmul(p.get("W_z")).plus(h.matmul(p.get("U_z"))).plus(p.get("b_z")).sigmoid();
    Tensor candidate =
        x.matmul(p.get("W")).plus(r.times(h).matmul(p.get("U"))).plus(p.get("b")).tanh();
    return List.of(z.times(h).plus(z.subtractedFrom(1).times(candidate)));
  }
}
