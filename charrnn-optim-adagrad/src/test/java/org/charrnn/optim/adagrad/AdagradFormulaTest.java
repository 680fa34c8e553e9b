package org.charrnn.optim.adagrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.Test;

/**
 * Three steps of each variant against its formula; the epsilon is large enough for its place to be
 * seen.
 */
class AdagradFormulaTest {

  private static final double RATE = 0.25;
  private static final double EPSILON = 0.5;
  private static final double[] GRADIENTS = {0.75, -2, 0.125};

  @Test
  void adagrad_epsilonInsideTheRoot() {
    double weight = 1;
    double squares = 0;
    for (double gradient : GRADIENTS) {
      squares += gradient * gradient;
      weight -= RATE * gradient / Math.sqrt(squares + EPSILON);
    }
    assertEquals(weight, train(new Adagrad()), 1e-14);
  }

  @Test
  void adagradEpsilonOutside_epsilonOutsideTheRoot() {
    double weight = 1;
    double squares = 0;
    for (double gradient : GRADIENTS) {
      squares += gradient * gradient;
      weight -= RATE * gradient / (Math.sqrt(squares) + EPSILON);
    }
    assertEquals(weight, train(new AdagradEpsilonOutside()), 1e-14);
  }

  private static double train(Optimizer optimizer) {
    Graph graph = new Graph();
    Tensor weight = graph.parameter("w", Shape.of(1));
    Tensor gradient = graph.input("g", Type.F32, Shape.of(1));
    Tensor squares = graph.leaf(Role.OPTIMIZER_STATE, Type.F32, "w.squares", Shape.of(1));
    Optimizer.UpdateContext step =
        new Optimizer.UpdateContext(
            graph.input("rate", Type.F32, Shape.SCALAR),
            graph.input("step", Type.F32, Shape.SCALAR),
            Hyperparameters.resolve(optimizer, Map.of("epsilon", EPSILON)));
    Optimizer.Update update = optimizer.update(weight, gradient, List.of(squares), step);
    graph.update(weight, update.parameter());
    graph.update(squares, update.state().getFirst());
    ReferenceInterpreter interpreter = new ReferenceInterpreter(Compiler.compile(graph, "step"));
    interpreter.floats("w")[0] = 1;
    interpreter.floats("rate")[0] = RATE;
    for (double next : GRADIENTS) {
      interpreter.floats("g")[0] = next;
      interpreter.run();
    }
    return interpreter.floats("w")[0];
  }
}
