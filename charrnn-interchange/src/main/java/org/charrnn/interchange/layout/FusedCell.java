package org.charrnn.interchange.layout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A cell for which other libraries have an operator of their own, with the orders in which they
 * stack its gates.
 *
 * <p>Sources: ONNX operators GRU-14, LSTM-14 and RNN-14; PyTorch's documentation of {@code nn.GRU},
 * {@code nn.LSTM} and {@code nn.RNN}.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable
public enum FusedCell {
  /** The reset gate is applied before the recurrent product. PyTorch has no such layer. */
  GRU("gru", "GRU", List.of("_z", "_r", ""), List.of("_r", "_z", ""), false),
  /** The reset gate is applied after the recurrent product, as in {@code torch.nn.GRU}. */
  GRU_RESET_AFTER("gru-reset-after", "GRU", List.of("_z", "_r", ""), List.of("_r", "_z", ""), true),
  /** {@code torch.nn.LSTM}, with one bias. */
  LSTM("lstm", "LSTM", List.of("_i", "_o", "_f", "_g"), List.of("_i", "_f", "_g", "_o"), false),
  /** {@code torch.nn.RNN} with tanh, with one bias. */
  RNN("rnn", "RNN", List.of(""), List.of(""), false);

  private final String cell;
  private final String onnxOperator;
  private final List<Gate> onnxGates;
  private final List<Gate> torchGates;
  private final boolean recurrentBias;

  FusedCell(
      String cell,
      String onnxOperator,
      List<String> onnxGates,
      List<String> torchGates,
      boolean recurrentBias) {
    this.cell = cell;
    this.onnxOperator = onnxOperator;
    this.onnxGates = onnxGates.stream().map(Gate::new).toList();
    this.torchGates = torchGates.stream().map(Gate::new).toList();
    this.recurrentBias = recurrentBias;
  }

  /** The cell of that name, if it is one of these. */
  public static Optional<FusedCell> of(String cellName) {
    return Arrays.stream(values()).filter(it -> it.cell.equals(cellName)).findFirst();
  }

  /** The name of the cell in charrnn. */
  public String cellName() {
    return cell;
  }

  /** The operator of ONNX: GRU, LSTM or RNN. */
  public String onnxOperator() {
    return onnxOperator;
  }

  /** The layer of {@code torch.nn} that computes the same, if there is one. */
  public Optional<String> torchLayer() {
    return this == GRU ? Optional.empty() : Optional.of(onnxOperator);
  }

  /** The gates in the order in which ONNX stacks them. */
  public List<Gate> onnxGates() {
    return onnxGates;
  }

  /** The gates in the order in which PyTorch stacks them. */
  public List<Gate> torchGates() {
    return torchGates;
  }

  /** Whether the product of the state has a bias of its own. */
  public boolean hasRecurrentBias() {
    return recurrentBias;
  }
}
