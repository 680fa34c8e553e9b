package org.charrnn.testkit.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.Weights;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Node;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.testkit.reference.ReferenceInterpreter;

/** One step of a cell, compiled alone, whose input, states and weights are all inputs. */
public final class CellStep {

  private final Cell cell;
  private final int hidden;
  private final Graph graph = new Graph();
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final List<Tensor> next;
  private final ReferenceInterpreter interpreter;

  /**
   * Records the step.
   *
   * @param x the type of the input: F32 for rows of {@code input} numbers, I32 for ids below {@code
   *     input}
   */
  public CellStep(Cell cell, Type x, int batch, int input, int hidden) {
    this.cell = cell;
    this.hidden = hidden;
    Shape shape = x == Type.I32 ? Shape.of(batch) : Shape.of(batch, input);
    Tensor tensor = graph.input("x", x, shape);
    List<Tensor> states = new ArrayList<>();
    for (String state : cell.states()) {
      states.add(graph.input("state " + state, Type.F32, Shape.of(batch, hidden)));
    }
    for (ParameterSpec spec : cell.parameters(input, hidden)) {
      weights.put(spec.name(), graph.parameter("weight " + spec.name(), spec.shape()));
    }
    next = cell.step(tensor, states, new Weights(weights));
    assertEquals(
        cell.states().size(),
        next.size(),
        "a step must return one tensor for each of " + cell.states());
    for (int i = 0; i < next.size(); i++) {
      graph.output("next " + cell.states().get(i), next.get(i));
    }
    interpreter = new ReferenceInterpreter(Compiler.compile(graph, "step"));
    fill(new SeededRandom(5));
  }

  private void fill(RandomGenerator random) {
    weights.values().forEach(weight -> fill(interpreter.floats(weight.name()), random));
    cell.states().forEach(state -> fill(state(state), random));
  }

  private static void fill(double[] values, RandomGenerator random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5 * random.nextGaussian();
    }
  }

  /** The tensors of the states after the step. */
  public List<Tensor> next() {
    return next;
  }

  /** The names of the parameters that affect no state after the step. */
  public List<String> unusedParameters() {
    Block live = Liveness.prune(new Block(List.of(), graph.nodes(), next));
    List<Tensor> used = live.nodes().stream().map(Node::inputs).flatMap(List::stream).toList();
    return weights.entrySet().stream()
        .filter(weight -> !used.contains(weight.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  public double[] x() {
    return interpreter.floats("x");
  }

  public int[] ids() {
    return interpreter.ints("x");
  }

  public double[] weight(String name) {
    return interpreter.floats("weight " + name);
  }

  /** A state before the step. */
  public double[] state(String name) {
    return interpreter.floats("state " + name);
  }

  public void run() {
    interpreter.run();
  }

  /** A state after the step. */
  public double[] next(String name) {
    return interpreter.floats("next " + name);
  }

  /** One row of a state after the step. */
  public double[] next(String name, int row) {
    return Arrays.copyOfRange(next(name), row * hidden, (row + 1) * hidden);
  }
}
