package org.charrnn.graph;

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
import org.jspecify.annotations.Nullable;

/**
 * The gradient of one loop over time: a loop in reverse that carries the gradients of the carried
 * states.
 *
 * <p>Its body is recorded with the tensors of the forward body as if they could be seen from there.
 * Then each of them that is really used is given to it: as a slice of what the forward loop stacks,
 * or, where that costs less, computed again from others.
 *
 * <p>The gradient of a weight is a sum over time. Where the term of one step is itself a sum over
 * the rows of a batch (a product {@code a^T * d}, a column sum, a scatter), the sum over time is
 * the same op on the stacked operands, once, outside the loop; any other term is stacked and
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
  private final List<Tensor> outputs = new ArrayList<>(); // of the backward body, to be stacked
  private final List<Consumer<List<Tensor>>> wirings = new ArrayList<>();

  /**
   * @param upstream the gradient of each result of the loop; null where it is zero
   * @param needed the tensors of the outer graph whose gradient is wanted
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

  /** The tensors of the forward body through which gradients flow to something needed outside. */
  private Set<Tensor> neededInBody() {
    Block body = scan.body();
    Set<Tensor> here = new HashSet<>();
    body.captured().stream().filter(needed::contains).forEach(here::add);
    for (int i = 0; i < body.inputs().size(); i++) {
      if (needed.contains(loop.inputs().get(i))) {
        here.add(body.inputs().get(i));
      }
    }
    for (boolean grown = true;
        grown; ) { // a state that depends on a weight makes all that follows it depend
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
   * Wires the sum over time of {@code gradient}, a tensor of the backward body, to the gradient of
   * a weight.
   */
  private void sumOverTime(Tensor weight, Tensor gradient) {
    Node node = backward.body().definition(gradient);
    if (node != null && isSumOfTerms(node, weight)) {
      node.inputs().forEach(term -> sumOverTime(weight, term)); // the weight is used more than once
    } else if (node == null || node.inputs().stream().anyMatch(input -> input.graph() == outer)) {
      sumStacked(weight, gradient);
    } else {
      switch (node.op()) {
        case Op.MatMul(boolean transposeA, boolean transposeB) when transposeA && !transposeB ->
            stackBoth(node, (a, b) -> outer.matmul(a, b, true, false, weight.shape()), weight);
        case Op.ScatterAdd(int rows) ->
            stackBoth(node, (values, ids) -> outer.scatterAdd(values, ids, rows), weight);
        case Op.Sum() -> sumStacked(weight, node.inputs().getFirst());
        default -> sumStacked(weight, gradient);
      }
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

  private void stackBoth(Node node, BinaryOperator<Tensor> op, Tensor weight) {
    int a = stackedIndex(node.inputs().get(0));
    int b = stackedIndex(node.inputs().get(1));
    wirings.add(stacks ->
        outerAdjoints.add(
            weight,
            op.apply(
                stackOf(node.inputs().get(0), a, stacks),
                stackOf(node.inputs().get(1), b, stacks))));
  }

  private void stackBackward(Tensor tensor, Consumer<Tensor> use) {
    int index = stackedIndex(tensor);
    wirings.add(stacks -> use.accept(stackOf(tensor, index, stacks)));
  }

  /** Where the backward loop will stack {@code tensor}; -1 if the forward loop does. */
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
      return; // what the loss reads of this loop does not depend on any parameter
    }
    Block live = Liveness.prune(new Block(List.of(), backward.body().nodes(), results));
    Set<Tensor> used = new LinkedHashSet<>(live.captured());
    used.retainAll(forwardTensors);
    addNumbers(used);

    Map<Tensor, Tensor> replacements = new LinkedHashMap<>();
    List<Node> recomputed = new ArrayList<>();
    for (Node node :
        scan.body().nodes()) { // in order, so that what a recomputation needs is decided before it
      Tensor output = node.outputs().getFirst();
      if (used.contains(output) && canRecompute(node, used)) {
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
   * Numbers of the forward body cost nothing, so they count as used: what is computed with them can
   * be recomputed.
   */
  private void addNumbers(Set<Tensor> used) {
    for (Node node : scan.body().nodes()) {
      if (node.op() instanceof Op.Elementwise(Expression expression) && expression.isConstant()) {
        used.add(node.outputs().getFirst());
      }
    }
  }

  /**
   * Whether a tensor can be had in the backward body without storing anything that is not stored
   * anyway.
   */
  private boolean canRecompute(Node node, Set<Tensor> used) {
    return node.op() instanceof Op.Elementwise(Expression expression)
        && isCheap(expression.terms().getFirst())
        && node.inputs().stream()
            .allMatch(input ->
                !forwardTensors.contains(input)
                    || scan.body().inputs().contains(input)
                    || used.contains(input));
  }

  private static boolean isCheap(Expression.Term term) {
    return switch (term) {
      case Expression.Term.Constant _ -> true;
      case Expression.Term.Unary(UnaryFunction function, int _) -> function.isCheap();
      case Expression.Term.Binary(BinaryFunction function, int _, int _) -> function.isCheap();
    };
  }

  /**
   * What the backward body uses for a tensor of the forward body: a slice of its stack, unless
   * decided otherwise.
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
