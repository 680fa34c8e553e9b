package org.charrnn.model.linear;

import static org.charrnn.api.ParameterSpec.bias;
import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * The minimal gated recurrent unit, "min-gru": a GRU whose gate and candidate do not read the
 * state.
 *
 * <pre>
 * z  = sigmoid(x W_z + b_z)
 * h~ = g(x W + b)               g(v) = v + 0.5 if v >= 0, else sigmoid(v)
 * h' = (1 - z) * h + z * h~
 * </pre>
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; state {@code
 * h [B, H]}; each W {@code [inputSize, H]}, each b {@code [H]}. Weights are initially uniform in
 * {@code +-1/sqrt(H)}, biases 0.
 *
 * <p>Source: Feng, Tung, Ahmed, Bengio, Hajimirsadeghi, "Were RNNs All We Needed?", 2024 (arXiv
 * 2410.01201), the version of its experiments, whose candidates are positive. There {@code z} takes
 * in the new state; in {@code gru} it keeps the old one.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class MinGruCell implements Cell {

  /** For ServiceLoader. */
  public MinGruCell() {}

  @Override
  public String name() {
    return "min-gru";
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        weight("W", inputSize, hiddenSize),
        weight("W_z", inputSize, hiddenSize),
        bias("b", hiddenSize),
        bias("b_z", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor h = state.getFirst();
    Tensor z = x.matmul(p.get("W_z")).plus(p.get("b_z")).sigmoid();
    Tensor candidate = positive(x.matmul(p.get("W")).plus(p.get("b")));
    return List.of(z.subtractedFrom(1).times(h).plus(z.times(candidate)));
  }

  /** {@code v + 0.5} if {@code v >= 0}, else {@code sigmoid(v)}: positive and continuous. */
  static Tensor positive(Tensor v) {
    return v.maximum(0).plus(v.sigmoid().minimum(0.5));
  }
}
