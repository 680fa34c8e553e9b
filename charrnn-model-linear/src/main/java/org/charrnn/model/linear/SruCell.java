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
 * The simple recurrent unit, "sru": its gates read the memory {@code c}, but only of their own
 * unit.
 *
 * <pre>
 * f  = sigmoid(x W_f + v_f * c + b_f)
 * r  = sigmoid(x W_r + v_r * c + b_r)
 * c' = f * c + (1 - f) * x W
 * h' = r * c' + (1 - r) * x W_x
 * </pre>
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; states
 * {@code h}, the output, and {@code c}, {@code [B, H]} each; each W {@code [inputSize, H]}, each v
 * and b {@code [H]}. W and v are initially uniform in {@code +-1/sqrt(H)}.
 *
 * <p>Source: Lei, Zhang, Wang, Dai, Artzi, "Simple Recurrent Units for Highly Parallelizable
 * Recurrence", EMNLP 2018. The input of the highway connection is projected, as there where input
 * and state differ in size; all biases are initially 0.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class SruCell implements Cell {

  /** For ServiceLoader. */
  public SruCell() {}

  @Override
  public String name() {
    return "sru";
  }

  @Override
  public List<String> states() {
    return List.of("h", "c");
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    Initializer small = Initializer.uniform(1 / Math.sqrt(hiddenSize));
    return List.of(
        weight("W", inputSize, hiddenSize),
        weight("W_f", inputSize, hiddenSize),
        weight("W_r", inputSize, hiddenSize),
        weight("W_x", inputSize, hiddenSize),
        bias("v_f", hiddenSize, small),
        bias("v_r", hiddenSize, small),
        bias("b_f", hiddenSize),
        bias("b_r", hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor c = state.getLast();
    Tensor forget = gate(x, c, p, "f");
    Tensor highway = gate(x, c, p, "r");
    Tensor memory = forget.times(c).plus(forget.subtractedFrom(1).times(x.matmul(p.get("W"))));
    Tensor input = x.matmul(p.get("W_x"));
    return List.of(highway.times(memory).plus(highway.subtractedFrom(1).times(input)), memory);
  }

  private static Tensor gate(Tensor x, Tensor c, Weights p, String gate) {
    return x.matmul(p.get("W_" + gate))
        .plus(c.times(p.get("v_" + gate)))
        .plus(p.get("b_" + gate))
        .sigmoid();
  }
}
