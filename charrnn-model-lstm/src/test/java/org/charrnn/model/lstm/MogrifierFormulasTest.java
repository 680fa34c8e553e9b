package org.charrnn.model.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.charrnn.graph.Type;
import org.charrnn.testkit.cases.CellStep;
import org.junit.jupiter.api.Test;

/** A step of the Mogrifier LSTM against the formulas of its paper, one text after another. */
class MogrifierFormulasTest {

  private static final int B = 3;
  private static final int IN = 5;
  private static final int H = 4;

  @Test
  void step_isThatOfThePaper() {
    CellStep step = new CellStep(new MogrifierLstmCell(), Type.F32, B, IN, H);
    Random random = new Random(4);
    Arrays.setAll(step.x(), _ -> 2 * random.nextGaussian());
    step.run();
    for (int b = 0; b < B; b++) {
      double[] u = times(row(step.x(), b, IN), step.weight("P"));
      double[] h = row(step.state("h"), b, H);
      u = scaled(u, h, step.weight("Q_1"));
      h = scaled(h, u, step.weight("R_2"));
      u = scaled(u, h, step.weight("Q_3"));
      h = scaled(h, u, step.weight("R_4"));
      u = scaled(u, h, step.weight("Q_5"));
      double[] memory = new double[H];
      double[] output = new double[H];
      for (int j = 0; j < H; j++) {
        double forget = sigmoid(gate(step, u, h, "_f", j));
        double input = sigmoid(gate(step, u, h, "_i", j));
        memory[j] =
            forget * step.state("c")[b * H + j] + input * Math.tanh(gate(step, u, h, "_g", j));
        output[j] = sigmoid(gate(step, u, h, "_o", j)) * Math.tanh(memory[j]);
      }
      assertArrayEquals(output, step.next("h", b), 1e-12);
      assertArrayEquals(memory, step.next("c", b), 1e-12);
    }
  }

  /** {@code 2 sigmoid(by * weight) * values}. */
  private static double[] scaled(double[] values, double[] by, double[] weight) {
    double[] scale = times(by, weight);
    double[] scaled = new double[values.length];
    Arrays.setAll(scaled, j -> 2 * sigmoid(scale[j]) * values[j]);
    return scaled;
  }

  private static double gate(CellStep step, double[] u, double[] h, String gate, int j) {
    return times(u, step.weight("W" + gate))[j]
        + times(h, step.weight("U" + gate))[j]
        + step.weight("b" + gate)[j];
  }

  private static double[] times(double[] row, double[] weight) {
    double[] product = new double[H];
    for (int k = 0; k < row.length; k++) {
      for (int j = 0; j < H; j++) {
        product[j] += row[k] * weight[k * H + j];
      }
    }
    return product;
  }

  private static double[] row(double[] matrix, int row, int columns) {
    return Arrays.copyOfRange(matrix, row * columns, (row + 1) * columns);
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }
}
