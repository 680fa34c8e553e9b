package org.charrnn.api.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;

/**
 * How the inputs of the layers and of the output layer are normalized: each row of n columns by
 * itself. Ids are not normalized. The parameters {@code gain}, initially 1, and {@code bias},
 * initially 0, have one element for each column.
 *
 * <p>Deep networks train where each layer reads a normalized input and its output is added to it:
 * Xiong et al., "On Layer Normalization in the Transformer Architecture", ICML 2020.
 */
public enum Norm {
  /** No normalization. */
  NONE,
  /**
   * {@code x / sqrt(mean(x^2) + 1e-5) * gain}: Zhang, Sennrich, "Root Mean Square Layer
   * Normalization", NeurIPS 2019.
   */
  RMS,
  /**
   * {@code (x - mean(x)) / sqrt(variance(x) + 1e-5) * gain + bias}: Ba, Kiros, Hinton, "Layer
   * Normalization", 2016 (arXiv 1607.06450). The variance is divided by n.
   */
  LAYER;

  private static final double EPSILON = 1e-5;

  /** The parameters for rows of so many columns. */
  List<ParameterSpec> parameters(int columns) {
    ParameterSpec gain = ParameterSpec.bias("gain", columns, Initializer.constant(1));
    return switch (this) {
      case NONE -> List.of();
      case RMS -> List.of(gain);
      case LAYER -> List.of(gain, ParameterSpec.bias("bias", columns));
    };
  }

  /**
   * Normalizes {@code x [T, B, columns]}.
   *
   * @param parameters those of {@link #parameters}, by name
   */
  Tensor apply(Tensor x, Map<String, Tensor> parameters) {
    return switch (this) {
      case NONE -> x;
      case RMS -> scaled(x).times(parameter(parameters, "gain"));
      case LAYER ->
          scaled(x.minus(mean(x)))
              .times(parameter(parameters, "gain"))
              .plus(parameter(parameters, "bias"));
    };
  }

  private static Tensor scaled(Tensor x) {
    return x.dividedBy(mean(x.square()).plus(EPSILON).sqrt());
  }

  /** The mean of each row, {@code [T, B, 1]}. */
  private static Tensor mean(Tensor x) {
    Shape column = x.shape().withColumns(1);
    return x.sumTo(column).times(1.0 / x.shape().columns());
  }

  private static Tensor parameter(Map<String, Tensor> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name));
  }
}
