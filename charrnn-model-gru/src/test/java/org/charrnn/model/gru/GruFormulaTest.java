package org.charrnn.model.gru;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Weights;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.Test;

/** One step of each variant against the formulas of its papers, written out number by number. */
class GruFormulaTest {

  private static final int INPUT = 3;
  private static final int HIDDEN = 4;

  private final Map<String, double[]> values = new TreeMap<>();
  private final double[] x = random(INPUT, 1);
  private final double[] h = random(HIDDEN, 2);

  @Test
  void gru_resetsBeforeTheProduct() {
    double[] actual = step(new GruCell());
    double[] r = new double[HIDDEN];
    double[] z = new double[HIDDEN];
    double[] reset = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      r[j] = sigmoid(product(x, "W_r", j) + product(h, "U_r", j) + value("b_r", j));
      z[j] = sigmoid(product(x, "W_z", j) + product(h, "U_z", j) + value("b_z", j));
      reset[j] = r[j] * h[j];
    }
    double[] expected = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      double candidate = Math.tanh(product(x, "W", j) + product(reset, "U", j) + value("b", j));
      expected[j] = z[j] * h[j] + (1 - z[j]) * candidate;
    }
    assertArrayEquals(expected, actual, 1e-12);
  }

  @Test
  void gruResetAfter_resetsTheProductWithItsBias() {
    double[] actual = step(new ResetAfterGruCell());
    double[] expected = new double[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
      double r =
          sigmoid(product(x, "W_r", j) + value("b_r", j) + product(h, "U_r", j) + value("c_r", j));
      double z =
          sigmoid(product(x, "W_z", j) + value("b_z", j) + product(h, "U_z", j) + value("c_z", j));
      double candidate =
          Math.tanh(product(x, "W", j) + value("b", j) + r * (product(h, "U", j) + value("c", j)));
      expected[j] = (1 - z) * candidate + z * h[j];
    }
    assertArrayEquals(expected, actual, 1e-12);
  }

  @Test
  void bothVariants_areFoundByName() {
    assertEquals(List.of(GruCell.class), Plugins.cells().classes("gru"));
    assertEquals(List.of(ResetAfterGruCell.class), Plugins.cells().classes("gru-reset-after"));
  }

  private double[] step(Cell cell) {
    Graph graph = new Graph();
    Tensor input = graph.input("x", Type.F32, Shape.of(1, INPUT));
    Tensor state = graph.input("h", Type.F32, Shape.of(1, HIDDEN));
    Map<String, Tensor> weights = new TreeMap<>();
    for (ParameterSpec spec : cell.parameters(INPUT, HIDDEN)) {
      weights.put(spec.name(), graph.parameter(spec.name(), spec.shape()));
      values.put(spec.name(), random(spec.shape().elements(), spec.name().hashCode()));
    }
    graph.output("next", cell.step(input, List.of(state), new Weights(weights)).getFirst());
    ReferenceInterpreter interpreter = new ReferenceInterpreter(Compiler.compile(graph, "step"));
    copy(x, interpreter.floats("x"));
    copy(h, interpreter.floats("h"));
    values.forEach((name, numbers) -> copy(numbers, interpreter.floats(name)));
    interpreter.run();
    return interpreter.floats("next");
  }

  private static void copy(double[] from, double[] to) {
    System.arraycopy(from, 0, to, 0, to.length);
  }

  private double product(double[] row, String matrix, int column) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] * value(matrix, i * HIDDEN + column);
    }
    return sum;
  }

  private double value(String name, int index) {
    return values.get(name)[index];
  }

  private static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }

  private static double[] random(int count, long seed) {
    RandomGenerator random = new SeededRandom(seed);
    return random.doubles(count, -1, 1).toArray();
  }
}
