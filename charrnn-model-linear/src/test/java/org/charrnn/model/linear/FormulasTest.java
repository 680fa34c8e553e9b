package org.charrnn.model.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.charrnn.api.Cell;
import org.charrnn.graph.Type;
import org.charrnn.testkit.cases.CellStep;
import org.junit.jupiter.api.Test;

/** One step of each cell against the formulas of its paper, one unit after another. */
class FormulasTest {

  private static final int B = 3;
  private static final int IN = 5;
  private static final int H = 4;

  @Test
  void minGru_isThatOfThePaper() {
    CellStep step = run(new MinGruCell());
    for (int b = 0; b < B; b++) {
      for (int j = 0; j < H; j++) {
        double z = sigmoid(sum(step, "_z", b, j));
        double expected = (1 - z) * step.state("h")[b * H + j] + z * g(sum(step, "", b, j));
        assertEquals(expected, step.next("h")[b * H + j], 1e-12);
      }
    }
  }

  @Test
  void minLstm_isThatOfThePaper() {
    CellStep step = run(new MinLstmCell());
    for (int b = 0; b < B; b++) {
      for (int j = 0; j < H; j++) {
        double f = sigmoid(sum(step, "_f", b, j));
        double i = sigmoid(sum(step, "_i", b, j));
        double expected =
            f / (f + i) * step.state("h")[b * H + j] + i / (f + i) * g(sum(step, "", b, j));
        assertEquals(expected, step.next("h")[b * H + j], 1e-12);
      }
    }
  }

  @Test
  void sru_isThatOfThePaper() {
    CellStep step = run(new SruCell());
    for (int b = 0; b < B; b++) {
      for (int j = 0; j < H; j++) {
        double old = step.state("c")[b * H + j];
        double f = sigmoid(sum(step, "_f", b, j) + step.weight("v_f")[j] * old);
        double r = sigmoid(sum(step, "_r", b, j) + step.weight("v_r")[j] * old);
        double c = f * old + (1 - f) * product(step, "W", b, j);
        assertEquals(c, step.next("c")[b * H + j], 1e-12);
        double h = r * c + (1 - r) * product(step, "W_x", b, j);
        assertEquals(h, step.next("h")[b * H + j], 1e-12);
      }
    }
  }

  /** Both gates are 0 in floating point, their quotient is not. */
  @Test
  void minLstm_bothGatesClosed_keepsTheirRatio() {
    CellStep step = new CellStep(new MinLstmCell(), Type.F32, 1, 1, 1);
    for (String name : new String[] {"W", "W_f", "W_i", "b"}) {
      step.weight(name)[0] = 0;
    }
    step.weight("b_f")[0] = -2000;
    step.weight("b_i")[0] = -2000;
    step.state("h")[0] = 3;
    step.run();
    assertEquals(0.5 * 3 + 0.5 * 0.5, step.next("h")[0], 1e-12);
  }

  private static CellStep run(Cell cell) {
    CellStep step = new CellStep(cell, Type.F32, B, IN, H);
    Random random = new Random(4);
    Arrays.setAll(step.x(), _ -> 2 * random.nextGaussian());
    step.run();
    return step;
  }

  private static double sum(CellStep step, String gate, int b, int j) {
    return step.weight("b" + gate)[j] + product(step, "W" + gate, b, j);
  }

  private static double product(CellStep step, String weight, int b, int j) {
    double sum = 0;
    for (int k = 0; k < IN; k++) {
      sum += step.x()[b * IN + k] * step.weight(weight)[k * H + j];
    }
    return sum;
  }

  private static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  private static double g(double v) {
    return v >= 0 ? v + 0.5 : sigmoid(v);
  }
}
