package org.charrnn.graph.gradient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.LoopBuilder;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of one loop over time: a loop in reverse that carries the gradients of the carried
 * states.
 *
 * <p>The body of the reverse loop is first recorded as if the tensors of the forward body were
 * visible in it. Each of them that is used is then replaced: by a slice of a stacked output of the
 * forward loop or, where that is cheaper, by a recomputation.
 *
 * <p>The gradient of a weight is a sum over time. If the term of one step is itself a sum over the
 * rows of a batch (a product {@code a^T * d}, a column sum, a scatter), the sum over time is one
 * application of the same op to the stacked operands, outside the loop. Other terms are stacked and
 * summed.
 */
final class ScanGradient {

  private final Graph outer;
  private final Node loop;
  private final Op.Scan scan;
  private final List<@Nullable Tensor> upstream;
  private final Set<Tensor> needed;
  private final Adjoints outerAdjoints;

  private final LoopBuilder backward;
  private final Set<Tensor> forwardTensors = new HashSet<>();
  private final List<Tensor> outputs = new ArrayList<>(); // of the backward body, stacked
  private final List<Consumer<List<Tensor>>> wirings = new ArrayList<>();

  /**
   * Prepares the gradient of a loop.
   *
   * @param outer the graph of the loop
   * @param loop the node of the loop
   * @param upstream the gradient of each result of the loop; null where it is zero
   * @param needed the tensors of the outer graph whose gradients are computed
   * @param outerAdjoints the gradients of tensors of the outer graph so far
   */
  ScanGradient(
      Graph outer,
      Node loop,
      List<@Nullable Tensor> upstream,
      Set<Tensor> needed,
      Adjoints outerAdjoints) {
    this.outer = outer;
    this.loop = loop;
    this.scan = (Op.Scan) loop.op();
    this.upstream = upstream;
    this.needed = needed;
    this.outerAdjoints = outerAdjoints;
    Block body = scan.body();
    this.backward =
        new LoopBuilder(outer, body.inputs().getFirst().graph(), scan.steps(), !scan.reverse());
    forwardTensors.addAll(body.inputs());
    body.nodes().forEach(node -> forwardTensors.addAll(node.outputs()));
  }

  /** Records the reverse loop and adds the gradients of the inputs of the loop. */
  void record() {
    Block body = scan.body();
    Graph graph = backward.body();
    Set<Tensor> neededHere = neededInBody();
    Adjoints adjoints = new Adjoints(graph);

    List<Integer> active = new ArrayList<>();
    for (int c = 0; c < scan.carried(); c++) {
      if (neededHere.contains(carried(c))) {
        active.add(c);
        Tensor last = upstream.get(c);
        Tensor start = last == null ? outer.zeros(carried(c).shape()) : last;
        adjoints.add(body.outputs().get(c), backward.carried(start));
      }
    }
    for (int o = scan.carried(); o < body.outputs().size(); o++) {
      Tensor stacked = upstream.get(o);
      if (stacked != null && neededHere.contains(body.outputs().get(o))) {
        Tensor output = body.outputs().get(o); // the slice of a stacked scalar has the shape [1]
        adjoints.add(output, graph.sum(backward.sequence(stacked), output.shape()));
      }
    }
    GradientRules rules = new GradientRules(graph, neededHere, adjoints);
    for (Node node : body.nodes().reversed()) {
      Tensor gradient = adjoints.get(node.outputs().getFirst());
      if (gradient != null) {
        rules.apply(node, gradient);
      }
    }

    List<Tensor> newCarried = new ArrayList<>();
    for (int c : active) {
      Tensor gradient = adjoints.get(carried(c));
      newCarried.add(gradient == null ? graph.zeros(carried(c).shape()) : gradient);
    }
    for (int s = 0; s < scan.sequences(); s++) {
      Tensor gradient = adjoints.get(body.inputs().get(s));
      if (gradient != null) {
        Tensor sequence = loop.inputs().get(s);
        stackBackward(gradient, stacked -> outerAdjoints.add(sequence, stacked));
      }
    }
    for (Tensor weight : body.captured()) {
      Tensor gradient = adjoints.get(weight);
      if (gradient != null) {
        sumOverTime(weight, gradient);
      }
    }
    finish(active, newCarried);
  }

  private Tensor carried(int c) {
    return scan.body().inputs().get(scan.sequences() + c);
  }

  /** The tensors of the forward body through which gradients flow to needed outer tensors. */
  private Set<Tensor> neededInBody() {
    Block body = scan.body();
    Set<Tensor> here = new HashSet<>();
    body.captured().stream().filter(needed::contains).forEach(here::add);
    for (int i = 0; i < body.inputs().size(); i++) {
      if (needed.contains(loop.inputs().get(i))) {
        here.add(body.inputs().get(i));
      }
    }
    // To a fixed point: a state that depends on a weight makes the next step depend on it.
    for (boolean grown = true; grown; ) {
      int before = here.size();
      for (Node node : body.nodes()) {
        if (node.inputs().stream().anyMatch(here::contains)) {
          here.addAll(node.outputs());
        }
      }
      for (int c = 0; c < scan.carried(); c++) {
        if (here.contains(body.outputs().get(c))) {
          here.add(carried(c));
        }
      }
      grown = here.size() > before;
    }
    return here;
  }

  /**
   * Adds the sum over time of {@code gradient}, a tensor of the backward body, to the gradient of a
   * weight, once the reverse loop is recorded.
   */
  private void sumOverTime(Tensor weight, Tensor gradient) {
    Node node = backward.body().definition(gradient);
    if (node != null && isSumOfTerms(node, weight)) {
      node.inputs().forEach(term -> sumOverTime(weight, term)); // the weight is used more than once
    } else if (node == null || node.inputs().stream().anyMatch(input -> input.graph() == outer)) {
      sumStacked(weight, gradient);
    } else {
      sumOfRows(
          weight, gradient, Operands.of((Op.Kernel) node.op(), node.inputs(), node.outputs()));
    }
  }

  /** Sums over time and over the rows of a batch in one op where that is possible. */
  private void sumOfRows(Tensor weight, Tensor gradient, Operands<Tensor> operands) {
    switch (operands) {
      case Operands.MatMul<Tensor> product
          when product.transposeLeft() && !product.transposeRight() ->
          stackBoth(
              product.left(),
              product.right(),
              (a, b) -> outer.matmul(a, b, true, false, weight.shape()),
              weight);
      case Operands.ScatterAdd<Tensor>(Tensor values, Tensor ids, Tensor result) ->
          stackBoth(values, ids, (v, i) -> outer.scatterAdd(v, i, result.shape().rows()), weight);
      case Operands.Sum<Tensor>(Tensor operand, Tensor _) -> sumStacked(weight, operand);
      default -> sumStacked(weight, gradient);
    }
  }

  private static boolean isSumOfTerms(Node node, Tensor weight) {
    return node.op() instanceof Op.Elementwise(Expression expression)
        && expression.equals(Expression.of(BinaryFunction.ADD))
        && node.inputs().stream().allMatch(term -> term.shape().equals(weight.shape()));
  }

  private void sumStacked(Tensor weight, Tensor term) {
    stackBackward(term, stacked -> outerAdjoints.add(weight, outer.sum(stacked, weight.shape())));
  }

  private void stackBoth(Tensor a, Tensor b, BinaryOperator<Tensor> op, Tensor weight) {
    int indexA = stackedIndex(a);
    int indexB = stackedIndex(b);
    wirings.add(stacks ->
        outerAdjoints.add(
            weight, op.apply(stackOf(a, indexA, stacks), stackOf(b, indexB, stacks))));
  }

  private void stackBackward(Tensor tensor, Consumer<Tensor> use) {
    int index = stackedIndex(tensor);
    wirings.add(stacks -> use.accept(stackOf(tensor, index, stacks)));
  }

  /** The index at which the backward loop stacks {@code tensor}; -1 if the forward loop does. */
  private int stackedIndex(Tensor tensor) {
    if (forwardTensors.contains(tensor)) {
      return -1;
    }
    int index = outputs.indexOf(tensor);
    if (index < 0) {
      outputs.add(tensor);
      index = outputs.size() - 1;
    }
    return index;
  }

  private Tensor stackOf(Tensor tensor, int index, List<Tensor> stacks) {
    return index >= 0 ? stacks.get(index) : stackForward(tensor);
  }

  private Tensor stackForward(Tensor tensor) {
    Node current = Objects.requireNonNull(outer.definition(loop.outputs().getFirst()));
    return LoopBuilder.stack(outer, current, tensor);
  }

  private void finish(List<Integer> active, List<Tensor> newCarried) {
    List<Tensor> results = new ArrayList<>(newCarried);
    results.addAll(outputs);
    if (results.isEmpty()) {
      return; // the results that the loss reads depend on no parameter
    }
    Block live = Liveness.prune(new Block(List.of(), backward.body().nodes(), results));
    Set<Tensor> used = new LinkedHashSet<>(live.captured());
    used.retainAll(forwardTensors);

    Map<Tensor, Tensor> replacements = new LinkedHashMap<>();
    List<Node> recomputed = new ArrayList<>();
    Set<Node> recomputations = new Recomputation(scan.body(), used).nodes();
    // In order, so that the operands of a recomputation are provided before it.
    for (Node node : scan.body().nodes()) {
      if (recomputations.contains(node)) {
        Tensor output = node.outputs().getFirst();
        Tensor again = output.sibling(output.type(), output.shape());
        List<Tensor> inputs =
            node.inputs().stream().map(input -> provide(input, replacements)).toList();
        recomputed.add(new Node(node.op(), inputs, List.of(again)));
        replacements.put(output, again);
      }
    }
    used.forEach(tensor -> provide(tensor, replacements));

    Graph.Scanned scanned = backward.finish(newCarried, outputs, replacements, recomputed);
    for (int i = 0; i < active.size(); i++) {
      Tensor initial = loop.inputs().get(scan.sequences() + active.get(i));
      if (needed.contains(initial)) {
        outerAdjoints.add(initial, scanned.last().get(i));
      }
    }
    wirings.forEach(wiring -> wiring.accept(scanned.outputs()));
  }

  /**
   * The replacement of a tensor of the forward body in the backward body: a slice of its stack,
   * unless another one is known.
   */
  private Tensor provide(Tensor tensor, Map<Tensor, Tensor> replacements) {
    if (!forwardTensors.contains(tensor)) {
      return tensor;
    }
    Tensor known = replacements.get(tensor);
    if (known == null) {
      known = backward.sequence(stackForward(tensor));
      replacements.put(tensor, known);
    }
    return known;
  }
}
