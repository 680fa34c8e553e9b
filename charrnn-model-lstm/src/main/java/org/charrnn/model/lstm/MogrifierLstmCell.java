package org.charrnn.model.lstm;

import static org.charrnn.api.ParameterSpec.weight;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * The Mogrifier LSTM, "mogrifier-lstm": before each step of an {@link LstmCell}, input and state
 * scale one another in five rounds.
 *
 * <pre>
 * u0 = x P
 * u1 = 2 sigmoid(h  Q_1) * u0       h2 = 2 sigmoid(u1 R_2) * h
 * u3 = 2 sigmoid(h2 Q_3) * u1       h4 = 2 sigmoid(u3 R_4) * h2
 * u5 = 2 sigmoid(h4 Q_5) * u3       h', c' = lstm(u5, h4, c)
 * </pre>
 *
 * <p>Shapes: {@code x [B, inputSize]}, or ids {@code [B]} that represent one-hot rows; states
 * {@code h}, the output, and {@code c}, {@code [B, H]} each; P {@code [inputSize, H]}, each Q and R
 * {@code [H, H]}, initially uniform in {@code +-1/sqrt(H)}.
 *
 * <p>Source: Melis, Kocisky, Blunsom, "Mogrifier LSTM", ICLR 2020, with full matrices. The input is
 * first projected to the size of the state, since one-hot rows cannot be scaled. Quality costs
 * time: a step multiplies by thirteen matrices {@code [H, H]}, and none of these products can be
 * computed before the loop.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class MogrifierLstmCell implements Cell {

  private static final int ROUNDS = 5;

  private final LstmCell lstm = new LstmCell();

  /** For ServiceLoader. */
  public MogrifierLstmCell() {}

  @Override
  public String name() {
    return "mogrifier-lstm";
  }

  @Override
  public List<String> states() {
    return lstm.states();
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    List<ParameterSpec> parameters = new ArrayList<>(lstm.parameters(hiddenSize, hiddenSize));
    parameters.add(weight("P", inputSize, hiddenSize));
    for (int round = 1; round <= ROUNDS; round++) {
      parameters.add(weight(scale(round), hiddenSize, hiddenSize));
    }
    return parameters;
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor input = x.matmul(p.get("P"));
    Tensor h = state.getFirst();
    for (int round = 1; round <= ROUNDS; round++) {
      if (scalesInput(round)) {
        input = h.matmul(p.get(scale(round))).sigmoid().times(2).times(input);
      } else {
        h = input.matmul(p.get(scale(round))).sigmoid().times(2).times(h);
      }
    }
    return lstm.step(input, List.of(h, state.getLast()), p);
  }

  private static boolean scalesInput(int round) {
    return round % 2 == 1;
  }

  private static String scale(int round) {
    return (scalesInput(round) ? "Q_" : "R_") + round;
  }
}
