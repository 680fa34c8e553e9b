package org.charrnn.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * Collects the parts of a loop over time and records it as one {@link Op.Scan}. {@link Graph#scan}
 * is the simpler way to record a loop; this class also records the reverse loops of gradients.
 *
 * <p><b>Thread safety.</b> None: one thread records a graph.
 */
public final class LoopBuilder {

  private final Graph outer;
  private final Graph body;
  private final int steps;
  private final boolean reverse;
  private final Map<Tensor, Tensor> slices = new LinkedHashMap<>(); // sequence -> slice
  private final List<Tensor> initial = new ArrayList<>();
  private final List<Tensor> carried = new ArrayList<>();

  /**
   * Starts a loop with an empty body.
   *
   * @param outer the graph that will hold the loop
   * @param visible the graph whose tensors the body may use while it is recorded: {@code outer} or
   *     the body of one of its loops
   * @param steps the number of steps, at least 1
   * @param reverse whether time runs from the last step to the first
   * @throws IllegalArgumentException if {@code outer} is the body of a loop
   */
  public LoopBuilder(Graph outer, Graph visible, int steps, boolean reverse) {
    if (outer.isBody()) {
      throw new IllegalArgumentException("a loop cannot be nested in the body of another loop");
    }
    this.outer = outer;
    this.body = Graph.body(visible);
    this.steps = steps;
    this.reverse = reverse;
  }

  /** {@return the graph on which the body is recorded} */
  public Graph body() {
    return body;
  }

  /**
   * {@return the slice of {@code sequence [steps, ...]} that the body receives}
   *
   * @param sequence the sequence, with the time steps as its first axis
   * @throws IllegalArgumentException if the first axis does not have one entry for each step
   */
  public Tensor sequence(Tensor sequence) {
    if (sequence.shape().rank() < 2 || sequence.shape().size(0) != steps) {
      throw new IllegalArgumentException(
          "a sequence of this loop must have shape [" + steps + ", ...]: " + sequence);
    }
    return slices.computeIfAbsent(
        sequence,
        _ -> new Tensor(body, sequence.type(), sequence.shape().slice(), "", Role.TEMPORARY));
  }

  /**
   * {@return a new carried state, as the body sees it at the start of a step}
   *
   * @param start its value before the first step, of floats
   * @throws IllegalArgumentException if the value is of integers
   */
  public Tensor carried(Tensor start) {
    OpRules.requireType(Type.F32, "initial state", start);
    Tensor state = new Tensor(body, Type.F32, start.shape(), "", Role.TEMPORARY);
    initial.add(start);
    carried.add(state);
    return state;
  }

  /** Records the loop on the outer graph. */
  Graph.Scanned finish(List<Tensor> newCarried, List<Tensor> outputs) {
    return finish(newCarried, outputs, Map.of(), List.of());
  }

  /**
   * Records the loop on the outer graph. Nothing can be added to it afterwards.
   *
   * @param newCarried the new value of each carried state, in the order of their declaration
   * @param outputs the tensors that are stacked over the steps, of the body or visible in it
   * @param replacements for tensors that the body used while it was recorded, the tensors that it
   *     uses instead
   * @param prologue nodes that compute replacements, at the start of each step
   * @return the results of the loop
   * @throws IllegalArgumentException if a carried state is missing or has another shape than before
   *     the step, or a tensor is of integers or not visible in the body
   */
  public Graph.Scanned finish(
      List<Tensor> newCarried,
      List<Tensor> outputs,
      Map<Tensor, Tensor> replacements,
      List<Node> prologue) {
    checkStates(newCarried);
    outputs.forEach(output -> checkResult("stacked output", output));
    List<Tensor> results = new ArrayList<>();
    Set<Tensor> taken = new HashSet<>();
    for (Tensor state : newCarried) {
      // Each new state needs memory of its own, so two states must not be the same symbol.
      results.add(isComputedHere(state) && taken.add(state) ? state : copy(state));
    }
    for (Tensor output : outputs) {
      int index = newCarried.indexOf(output);
      results.add(index >= 0 ? results.get(index) : isComputedHere(output) ? output : copy(output));
    }
    List<Node> nodes = new ArrayList<>(prologue);
    nodes.addAll(body.nodes());
    Block block = Liveness.prune(new Block(carried, nodes, results).substitute(replacements));
    if (outer.optimizations().contains(Optimization.HOISTING)) {
      block = Liveness.prune(new Hoisting(outer, slices, steps).apply(block));
    }
    return append(block);
  }

  private Graph.Scanned append(Block block) {
    Set<Tensor> used = new HashSet<>();
    block.nodes().forEach(node -> used.addAll(node.inputs()));
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> bodyInputs = new ArrayList<>();
    slices.forEach((sequence, slice) -> {
      if (used.contains(slice)) {
        inputs.add(sequence);
        bodyInputs.add(slice);
      }
    });
    int sequences = inputs.size();
    inputs.addAll(initial);
    bodyInputs.addAll(carried);
    Block body = new Block(bodyInputs, block.nodes(), block.outputs());
    inputs.addAll(body.captured());

    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < block.outputs().size(); i++) {
      Shape shape = block.outputs().get(i).shape();
      results.add(
          new Tensor(
              outer,
              Type.F32,
              i < carried.size() ? shape : shape.stacked(steps),
              "",
              Role.TEMPORARY));
    }
    outer.append(
        new Node(new Op.Scan(steps, reverse, sequences, carried.size(), body), inputs, results));
    return new Graph.Scanned(
        List.copyOf(results.subList(0, carried.size())),
        List.copyOf(results.subList(carried.size(), results.size())));
  }

  private void checkStates(List<Tensor> newCarried) {
    if (newCarried.size() != carried.size()) {
      throw new IllegalArgumentException(
          "a loop must keep the number of its states: "
              + carried.size()
              + " before a step, "
              + newCarried.size()
              + " after it");
    }
    for (int i = 0; i < carried.size(); i++) {
      checkResult("carried state " + i, newCarried.get(i));
      if (!newCarried.get(i).shape().equals(carried.get(i).shape())) {
        throw new IllegalArgumentException(
            "a carried state must keep its shape: state "
                + i
                + " has "
                + carried.get(i).shape()
                + " before a step, "
                + newCarried.get(i).shape()
                + " after it");
      }
    }
  }

  private void checkResult(String what, Tensor result) {
    body.require(result);
    OpRules.requireType(Type.F32, what, result);
  }

  private boolean isComputedHere(Tensor tensor) {
    return body.definition(tensor) != null;
  }

  private Tensor copy(Tensor tensor) {
    Tensor copy = new Tensor(body, tensor.type(), tensor.shape(), "", Role.TEMPORARY);
    body.append(
        new Node(
            new Op.Elementwise(Expression.of(UnaryFunction.IDENTITY)),
            List.of(tensor),
            List.of(copy)));
    return copy;
  }

  /**
   * Makes a recorded loop also stack {@code output}, a tensor of its body.
   *
   * @param outer the graph that contains the loop
   * @param loop the node of the loop, whose op is an {@link Op.Scan}
   * @param output a tensor that the body receives or computes
   * @return the stacked tensor {@code [steps, ...]}; the sequence itself for one of its slices
   * @throws ClassCastException if the op of the node is not a loop
   */
  public static Tensor stack(Graph outer, Node loop, Tensor output) {
    Op.Scan scan = (Op.Scan) loop.op();
    int sequence = scan.body().inputs().indexOf(output);
    if (sequence >= 0 && sequence < scan.sequences()) {
      return loop.inputs().get(sequence);
    }
    List<Tensor> outputs = scan.body().outputs();
    for (int i = scan.carried(); i < outputs.size(); i++) {
      if (outputs.get(i) == output) {
        return loop.outputs().get(i);
      }
    }
    Tensor stacked =
        new Tensor(outer, output.type(), output.shape().stacked(scan.steps()), "", Role.TEMPORARY);
    Block body = new Block(scan.body().inputs(), scan.body().nodes(), with(outputs, output));
    outer.replace(loop, scan.withBody(loop, body, with(loop.outputs(), stacked)));
    return stacked;
  }

  private static List<Tensor> with(List<Tensor> list, Tensor last) {
    List<Tensor> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
