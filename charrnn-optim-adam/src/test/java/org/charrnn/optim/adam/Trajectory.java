package org.charrnn.optim.adam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.reference.ReferenceInterpreter;

/**
 * A parameter of {@value #SIZE} weights on its way through {@value #STEPS} steps with given
 * gradients and rates.
 */
final class Trajectory {

  static final int SIZE = 12;
  static final int STEPS = 9;

  private Trajectory() {}

  /** Weight i before the first step. */
  static double weight(int i) {
    return 0.3 * i - 1.7;
  }

  /** The gradient of weight i in a step; exactly zero for the last weight. */
  static double gradient(int step, int i) {
    return i == SIZE - 1 ? 0 : Math.sin(1.3 * step + 0.7 * i) * Math.pow(10, i % 4 - 2);
  }

  /** The learning rate of a step: it changes, as that of a schedule does. */
  static double rate(int step) {
    return 0.01 / step;
  }

  /** The weights after each step, by the expression of {@code optimizer} in double precision. */
  static double[][] of(Optimizer optimizer, Map<String, Double> set) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter(program(optimizer, set));
    for (int i = 0; i < SIZE; i++) {
      interpreter.floats("w")[i] = weight(i);
    }
    double[][] trajectory = new double[STEPS][];
    for (int step = 1; step <= STEPS; step++) {
      for (int i = 0; i < SIZE; i++) {
        interpreter.floats("gradient")[i] = gradient(step, i);
      }
      interpreter.floats("rate")[0] = rate(step);
      interpreter.floats("step")[0] = step;
      interpreter.run();
      trajectory[step - 1] = Arrays.copyOf(interpreter.floats("w"), SIZE);
    }
    return trajectory;
  }

  /** One update of {@code w} by {@code gradient}, {@code rate} and {@code step}. */
  private static Program program(Optimizer optimizer, Map<String, Double> set) {
    Graph graph = new Graph();
    Shape shape = Shape.of(3, SIZE / 3);
    Tensor w = graph.parameter("w", shape);
    Tensor gradient = graph.input("gradient", Type.F32, shape);
    Optimizer.UpdateContext step =
        new Optimizer.UpdateContext(
            graph.input("rate", Type.F32, Shape.SCALAR),
            graph.input("step", Type.F32, Shape.SCALAR),
            Hyperparameters.resolve(optimizer, set));
    List<Tensor> states = new ArrayList<>();
    for (String state : optimizer.states()) {
      states.add(graph.leaf(Role.OPTIMIZER_STATE, Type.F32, "w." + state, shape));
    }
    Optimizer.Update update = optimizer.update(w, gradient, states, step);
    graph.update(w, update.parameter());
    for (int i = 0; i < states.size(); i++) {
      graph.update(states.get(i), update.state().get(i));
    }
    return Compiler.compile(graph, "update");
  }
}
