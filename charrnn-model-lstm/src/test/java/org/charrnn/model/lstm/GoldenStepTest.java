package org.charrnn.model.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.Test;

/**
 * Steps of each cell in double precision against the formulas of PyTorch, written here as loops.
 */
class GoldenStepTest {

  private static final int B = 3;
  private static final int IN = 5;
  private static final int H = 4;
  private static final int STEPS = 6;

  /** Arrays by name: parameters, the input {@code x} and the states. */
  private final Map<String, double[]> arrays = new LinkedHashMap<>();

  @Test
  void lstm_isThatOfPyTorch() {
    ReferenceInterpreter interpreter = interpreter(new LstmCell());
    Random random = new Random(5);
    double[] h = arrays.get("h").clone();
    double[] c = arrays.get("c").clone();
    for (int step = 0; step < STEPS; step++) {
      fill(arrays.get("x"), random);
      lstmStep(h, c);
      interpreter.run();
      assertArrayEquals(h, interpreter.floats("h"), 1e-12);
      assertArrayEquals(c, interpreter.floats("c"), 1e-12);
    }
  }

  @Test
  void rnn_isThatOfPyTorch() {
    ReferenceInterpreter interpreter = interpreter(new RnnCell());
    Random random = new Random(6);
    double[] h = arrays.get("h").clone();
    for (int step = 0; step < STEPS; step++) {
      fill(arrays.get("x"), random);
      double[] old = h.clone();
      for (int b = 0; b < B; b++) {
        for (int j = 0; j < H; j++) {
          h[b * H + j] = Math.tanh(sum(old, b, j, ""));
        }
      }
      interpreter.run();
      assertArrayEquals(h, interpreter.floats("h"), 1e-12);
    }
  }

  @Test
  void lstm_remembersAtFirst() {
    for (ParameterSpec spec : new LstmCell().parameters(IN, H)) {
      if (spec.kind() == ParameterSpec.Kind.BIAS) {
        float[] values = new float[H];
        spec.initializer().fill(values, new Random(1));
        for (float value : values) {
          assertEquals(spec.name().equals("b_f") ? 1 : 0, value, spec.name());
        }
      }
    }
  }

  /** One sample after another, one unit after another; all gates see the old {@code h}. */
  private void lstmStep(double[] h, double[] c) {
    double[] old = h.clone();
    for (int b = 0; b < B; b++) {
      for (int j = 0; j < H; j++) {
        double i = 1 / (1 + Math.exp(-sum(old, b, j, "_i")));
        double f = 1 / (1 + Math.exp(-sum(old, b, j, "_f")));
        double g = Math.tanh(sum(old, b, j, "_g"));
        double o = 1 / (1 + Math.exp(-sum(old, b, j, "_o")));
        c[b * H + j] = f * c[b * H + j] + i * g;
        h[b * H + j] = o * Math.tanh(c[b * H + j]);
      }
    }
  }

  /** What unit j of a gate is given for sample b. */
  private double sum(double[] h, int b, int j, String gate) {
    double sum = arrays.get("b" + gate)[j];
    for (int k = 0; k < IN; k++) {
      sum += arrays.get("x")[b * IN + k] * arrays.get("W" + gate)[k * H + j];
    }
    for (int k = 0; k < H; k++) {
      sum += h[b * H + k] * arrays.get("U" + gate)[k * H + j];
    }
    return sum;
  }

  /** One step of {@code cell} that carries its states, with all arrays filled. */
  private ReferenceInterpreter interpreter(Cell cell) {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Type.F32, Shape.of(B, IN));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    cell.parameters(IN, H)
        .forEach(spec -> tensors.put(spec.name(), graph.parameter(spec.name(), spec.shape())));
    List<Tensor> state = new ArrayList<>();
    cell.states()
        .forEach(name -> state.add(graph.leaf(Role.CARRIED_STATE, Type.F32, name, Shape.of(B, H))));
    List<Tensor> next = cell.step(x, state, new Weights(tensors));
    for (int i = 0; i < state.size(); i++) {
      graph.update(state.get(i), next.get(i));
    }
    ReferenceInterpreter interpreter = new ReferenceInterpreter(Compiler.compile(graph, "step"));
    Random random = new Random(4);
    for (String name : graph.leaves().keySet()) {
      arrays.put(name, interpreter.floats(name));
      fill(interpreter.floats(name), random);
    }
    return interpreter;
  }

  private static void fill(double[] values, Random random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
  }
}
