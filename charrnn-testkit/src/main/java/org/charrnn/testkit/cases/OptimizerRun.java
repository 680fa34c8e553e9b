package org.charrnn.testkit.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.network.BufferNames;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.reference.ReferenceInterpreter;

/** The updates of one parameter, named {@code w}, by an optimizer with default hyperparameters. */
public final class OptimizerRun {

  private final Optimizer optimizer;
  private final ReferenceInterpreter interpreter;
  private int steps;

  private OptimizerRun(Optimizer optimizer, ReferenceInterpreter interpreter) {
    this.optimizer = optimizer;
    this.interpreter = interpreter;
    learningRate(optimizer.defaultLearningRate());
  }

  /** A parameter whose gradient is the input {@code gradient}. */
  public static OptimizerRun ofGradient(Optimizer optimizer, Shape shape) {
    return new OptimizerRun(optimizer, new ReferenceInterpreter(program(optimizer, shape)));
  }

  /** The same, with every intermediate value rounded to single precision. */
  public static OptimizerRun inSinglePrecision(Optimizer optimizer, Shape shape) {
    return new OptimizerRun(
        optimizer, ReferenceInterpreter.inSinglePrecision(program(optimizer, shape)));
  }

  private static Program program(Optimizer optimizer, Shape shape) {
    Graph graph = new Graph();
    Tensor parameter = graph.parameter("w", shape);
    recordUpdate(graph, optimizer, parameter, graph.input("gradient", Type.F32, shape));
    return Compiler.compile(graph, "update");
  }

  /**
   * A table {@code [rows, columns]} of which each step reads the rows at the input {@code ids}. The
   * gradient of such a row is the row plus twice its row of the input {@code values}, summed where
   * ids repeat.
   */
  public static OptimizerRun ofTable(
      Optimizer optimizer, int rows, int columns, int ids, Set<Optimization> optimizations) {
    Graph graph = new Graph(optimizations);
    Tensor table = graph.parameter("w", Shape.of(rows, columns));
    Tensor seen = graph.gather(table, graph.input("ids", Type.I32, Shape.of(ids)));
    Tensor values = graph.input("values", Type.F32, Shape.of(ids, columns));
    Tensor loss = seen.plus(values.times(2)).square().times(0.5).sum();
    recordUpdate(graph, optimizer, table, Gradients.of(loss, List.of(table)).getFirst());
    return new OptimizerRun(optimizer, new ReferenceInterpreter(Compiler.compile(graph, "update")));
  }

  private static void recordUpdate(
      Graph graph, Optimizer optimizer, Tensor parameter, Tensor gradient) {
    List<Tensor> states = new ArrayList<>();
    for (String state : optimizer.states()) {
      states.add(graph.leaf(Role.OPTIMIZER_STATE, Type.F32, "state " + state, parameter.shape()));
    }
    Optimizer.Update update =
        optimizer.update(
            parameter,
            gradient,
            states,
            new Optimizer.UpdateContext(
                graph.input(BufferNames.LEARNING_RATE, Type.F32, Shape.SCALAR),
                graph.input(BufferNames.STEP, Type.F32, Shape.SCALAR),
                Hyperparameters.defaultsOf(optimizer)));
    requireShape("parameter", parameter, update.parameter());
    assertEquals(
        states.size(),
        update.state().size(),
        "an update must return one tensor for each of " + optimizer.states());
    graph.update(parameter, update.parameter());
    for (int i = 0; i < states.size(); i++) {
      requireShape(optimizer.states().get(i), states.get(i), update.state().get(i));
      graph.update(states.get(i), update.state().get(i));
    }
  }

  private static void requireShape(String name, Tensor before, Tensor after) {
    assertEquals(before.shape(), after.shape(), () -> "the shape of " + name + " after an update");
  }

  public void learningRate(double rate) {
    interpreter.floats(BufferNames.LEARNING_RATE)[0] = rate;
  }

  public double[] parameter() {
    return interpreter.floats("w");
  }

  public double[] gradient() {
    return interpreter.floats("gradient");
  }

  public double[] state(String name) {
    return interpreter.floats("state " + name);
  }

  public List<double[]> states() {
    return optimizer.states().stream().map(this::state).toList();
  }

  public int[] ids() {
    return interpreter.ints("ids");
  }

  public double[] values() {
    return interpreter.floats("values");
  }

  public void step() {
    interpreter.floats(BufferNames.STEP)[0] = ++steps;
    interpreter.run();
  }
}
