package org.charrnn.interchange;

/**
 * How a model is written as ONNX.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param fused whether the bundled cells become the operators GRU, LSTM and RNN, which runtimes
 *     compute fast; otherwise every cell becomes a {@code Scan}
 * @param scorer whether the graph has neither states in nor out, and log-probabilities {@code [T,
 *     B, V]} in place of logits: for scoring whole texts
 */
public record OnnxOptions(boolean fused, boolean scorer) {

  /** Fused operators, with states in and out. */
  public static final OnnxOptions DEFAULT = new OnnxOptions(true, false);
}
