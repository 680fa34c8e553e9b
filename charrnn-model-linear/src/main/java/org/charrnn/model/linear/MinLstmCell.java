package org.charrnn.model.linear;

import static org.charrnn.api.ParameterSpec.bias;
import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * The minimal long short-term memory, "min-lstm": an LSTM with one state, whose gates do not read
 * it and are normalized to a sum of 1.
 *
 * <pre>
 * f  = sigmoid(x W_f + b_f)
 * i  = sigmoid(x W_i + b_i)
 * h~ = g(x W + b)               g(v) = v + 0.5 if v >= 0, else sigmoid(v)
 * h' = f / (f + i) * h + i / (f + i) * h~
 * </pre>
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; state {@code
 * h [B, H]}; each W {@code [inputSize, H]}, each b {@code [H]}. Weights are initially uniform in
 * {@code +-1/sqrt(H)}.
 *
 * <p>Source: Feng, Tung, Ahmed, Bengio, Hajimirsadeghi, "Were RNNs All We Needed?", 2024 (arXiv
 * 2410.01201), the version of its experiments. As there, {@code f / (f + i)} is computed as {@code
 * sigmoid(log f - log i)}, which does not divide zero by zero. The forget bias is initially 1, as
 * in {@code lstm}; the others are 0.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class MinLstmCell implements Cell {

  /** For ServiceLoader. */
  public MinLstmCell() {}

  @Override
  public String name() {
    return "min-lstm";
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(
        weight("W", inputSize, hiddenSize),
        weight("W_f", inputSize, hiddenSize),
        weight("W_i", inputSize, hiddenSize),
        bias("b", hiddenSize),
        bias("b_f", hiddenSize, Initializer.constant(1)),
        bias("b_i", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor logForget = logSigmoid(x.matmul(p.get("W_f")).plus(p.get("b_f")));
    Tensor logInput = logSigmoid(x.matmul(p.get("W_i")).plus(p.get("b_i")));
    Tensor keep = logForget.minus(logInput).sigmoid();
    Tensor candidate = MinGruCell.positive(x.matmul(p.get("W")).plus(p.get("b")));
    return List.of(keep.times(state.getFirst()).plus(keep.subtractedFrom(1).times(candidate)));
  }

  /** {@code log sigmoid(v)}, finite for every finite {@code v}. */
  private static Tensor logSigmoid(Tensor v) {
    Tensor magnitude = v.maximum(v.negate());
    return v.minimum(0).minus(magnitude.negate().exp().plus(1).log());
  }
}
