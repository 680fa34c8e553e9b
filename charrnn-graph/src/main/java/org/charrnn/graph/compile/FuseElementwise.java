package org.charrnn.graph.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * Fuses chains of element-wise nodes into one node with one expression, so that intermediate values
 * stay in registers or cache.
 *
 * <p>Nodes form groups of equal shape. Two groups are joined along an edge unless another group
 * would then both depend on the joined group and be one of its dependencies. Constants are copied
 * into each expression that uses them.
 */
final class FuseElementwise {

  private final Block block;
  private final Uses uses;
  private final List<Set<Integer>> sources = new ArrayList<>(); // per node, the nodes it reads
  private final int[] groupOf; // per node, the first node of its group

  private FuseElementwise(Block block) {
    this.block = block;
    this.uses = new Uses(block);
    this.groupOf = new int[block.nodes().size()];
    Map<Tensor, Integer> definedBy = new HashMap<>();
    for (int i = 0; i < groupOf.length; i++) {
      groupOf[i] = i;
      Set<Integer> read = new LinkedHashSet<>();
      for (Tensor input : block.nodes().get(i).inputs()) {
        Integer source = definedBy.get(input);
        if (source != null) {
          read.add(source);
        }
      }
      sources.add(read);
      for (Tensor output : block.nodes().get(i).outputs()) {
        definedBy.put(output, i);
      }
    }
  }

  static Block apply(Block block) {
    return new FuseElementwise(block).fuse();
  }

  private Block fuse() {
    List<Node> nodes = block.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (int source : sources.get(i)) {
        if (canJoin(nodes.get(source), nodes.get(i))) {
          tryJoin(groupOf[source], groupOf[i]);
        }
      }
    }
    Map<Integer, List<Node>> groups = new LinkedHashMap<>(); // in order of the last member
    for (int i = nodes.size() - 1; i >= 0; i--) {
      groups.computeIfAbsent(groupOf[i], _ -> new ArrayList<>()).addFirst(nodes.get(i));
    }
    List<Node> fused = new ArrayList<>();
    groups.values().forEach(group -> fused.addFirst(merge(group)));
    return Order.sort(new Block(block.inputs(), fused, block.outputs()));
  }

  private static boolean canJoin(Node source, Node node) {
    return source.op() instanceof Op.Elementwise
        && node.op() instanceof Op.Elementwise
        && !isConstant(source)
        && source.outputs().getFirst().shape().equals(node.outputs().getFirst().shape());
  }

  private static boolean isConstant(Node node) {
    return node.op() instanceof Op.Elementwise(Expression expression) && expression.isConstant();
  }

  private void tryJoin(int first, int second) {
    if (first == second || hasDetour(first, second)) {
      return;
    }
    for (int i = 0; i < groupOf.length; i++) {
      if (groupOf[i] == second) {
        groupOf[i] = first;
      }
    }
  }

  /** Whether a path leads from one of the two groups to one of them through a third group. */
  private boolean hasDetour(int first, int second) {
    Map<Integer, Set<Integer>> followers = new HashMap<>();
    for (int i = 0; i < groupOf.length; i++) {
      for (int source : sources.get(i)) {
        followers.computeIfAbsent(groupOf[source], _ -> new HashSet<>()).add(groupOf[i]);
      }
    }
    Deque<Integer> open = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    for (int start : new int[] {first, second}) {
      for (int follower : followers.getOrDefault(start, Set.of())) {
        if (follower != first && follower != second && seen.add(follower)) {
          open.add(follower);
        }
      }
    }
    while (!open.isEmpty()) {
      for (int follower : followers.getOrDefault(open.remove(), Set.of())) {
        if (follower == first || follower == second) {
          return true;
        }
        if (seen.add(follower)) {
          open.add(follower);
        }
      }
    }
    return false;
  }

  private Node merge(List<Node> group) {
    if (!(group.getFirst().op() instanceof Op.Elementwise) || isConstant(group.getFirst())) {
      return group.getFirst();
    }
    Set<Tensor> inside = new HashSet<>();
    group.forEach(node -> inside.addAll(node.outputs()));
    ExpressionWriter writer = new ExpressionWriter(constants());
    group.forEach(node -> writer.declareOperands(node, inside));
    group.forEach(writer::write);
    List<Tensor> results = new ArrayList<>();
    for (Node node : group) {
      for (Tensor output : node.outputs()) {
        if (uses.isOutput(output)
            || uses.readers(output).stream().anyMatch(reader -> !group.contains(reader))) {
          results.add(output);
        }
      }
    }
    return new Node(new Op.Elementwise(writer.finish(results)), writer.operands(), results);
  }

  private Map<Tensor, Double> constants() {
    Map<Tensor, Double> constants = new HashMap<>();
    for (Node node : block.nodes()) {
      if (isConstant(node)
          && node.op() instanceof Op.Elementwise(Expression expression)
          && expression.terms().getFirst() instanceof Expression.Term.Constant(double value)) {
        constants.put(node.outputs().getFirst(), value);
      }
    }
    return constants;
  }

  /** Concatenates the expressions of several nodes; a value is its index in the result. */
  private static final class ExpressionWriter implements Arithmetic<Integer> {

    private final Map<Tensor, Double> constants;
    private final List<Tensor> operands = new ArrayList<>();
    private final List<Expression.Term> terms = new ArrayList<>();
    private final Map<Tensor, Integer> values = new HashMap<>();
    private final Map<Double, Integer> indices = new HashMap<>();

    ExpressionWriter(Map<Tensor, Double> constants) {
      this.constants = constants;
    }

    List<Tensor> operands() {
      return operands;
    }

    void declareOperands(Node node, Set<Tensor> inside) {
      for (Tensor input : node.inputs()) {
        if (!inside.contains(input)
            && !constants.containsKey(input)
            && !values.containsKey(input)) {
          values.put(input, operands.size());
          operands.add(input);
        }
      }
    }

    void write(Node node) {
      Expression expression = ((Op.Elementwise) node.op()).expression();
      List<Integer> local = node.inputs().stream().map(this::valueOf).toList();
      List<Integer> results = expression.evaluate(this, local);
      for (int i = 0; i < results.size(); i++) {
        values.put(node.outputs().get(i), results.get(i));
      }
    }

    private int valueOf(Tensor tensor) {
      Double value = constants.get(tensor);
      if (value != null) {
        return constant(value);
      }
      return Objects.requireNonNull(values.get(tensor));
    }

    @Override
    public Integer constant(double number) {
      return indices.computeIfAbsent(number, value -> add(new Expression.Term.Constant(value)));
    }

    @Override
    public Integer unary(UnaryFunction function, Integer a) {
      return function == UnaryFunction.IDENTITY ? a : add(new Expression.Term.Unary(function, a));
    }

    @Override
    public Integer binary(BinaryFunction function, Integer a, Integer b) {
      return add(new Expression.Term.Binary(function, a, b));
    }

    private int add(Expression.Term term) {
      terms.add(term);
      return operands.size() + terms.size() - 1;
    }

    Expression finish(List<Tensor> results) {
      List<Integer> indicesOfResults = new ArrayList<>();
      for (Tensor result : results) {
        int value = Objects.requireNonNull(values.get(result));
        // A result that only copies an operand has no term yet.
        indicesOfResults.add(
            value < operands.size()
                ? add(new Expression.Term.Unary(UnaryFunction.IDENTITY, value))
                : value);
      }
      return new Expression(operands.size(), terms, indicesOfResults);
    }
  }
}
