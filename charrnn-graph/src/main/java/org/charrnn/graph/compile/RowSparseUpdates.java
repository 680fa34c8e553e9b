package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * Updates only the rows of a table that occur in the window, if that is equivalent: the gradient of
 * the table is a scatter, all values computed from it are zero where it is zero, and the update
 * does not change rows with zero gradient, as with Adagrad. For a vocabulary of thousands this is
 * ten times less work.
 *
 * <p>The scatter and the values computed from it then have one row for each distinct id. {@code 0 /
 * x} and {@code 0 * x} count as 0.
 */
final class RowSparseUpdates {

  private final Block block;
  private final Results results;
  private final Uses uses;
  private final Map<Node, Node> rewritten = new HashMap<>();
  private final List<Node> uniques = new ArrayList<>();
  private final List<Node> last = new ArrayList<>();

  private RowSparseUpdates(Block block, Results results) {
    this.block = block;
    this.results = results;
    this.uses = new Uses(block);
  }

  static Block apply(Block block, Results results) {
    RowSparseUpdates pass = new RowSparseUpdates(block, results);
    for (Node node : block.nodes()) {
      if (node.op() instanceof Op.ScatterAdd op
          && Operands.of(op, node.inputs(), node.outputs())
              instanceof Operands.ScatterAdd<Tensor> scatter
          && scatter.ids().shape().elements() < op.rows()) {
        pass.tryScatter(node, scatter, op.rows());
      }
    }
    return pass.rewrite();
  }

  /** The nodes that read a sparse gradient: they become compact, or updates of rows. */
  private record Consumers(Set<Node> compact, Set<Node> updates) {}

  private void tryScatter(Node node, Operands.ScatterAdd<Tensor> scatter, int rows) {
    Consumers consumers = consumers(scatter.result());
    if (consumers == null) {
      return;
    }
    Node unique = uniqueRows(scatter.ids(), rows);
    int count = unique.outputs().get(0).shape().columns();
    Map<Tensor, Tensor> compact = new HashMap<>();
    rewritten.put(
        node,
        new Node(
            new Op.ScatterAdd(count),
            List.of(scatter.values(), unique.outputs().get(1)),
            List.of(shrink(scatter.result(), count, compact))));
    for (Node reader : consumers.compact()) {
      List<Tensor> outputs =
          reader.op() instanceof Op.Sum
              ? reader.outputs()
              : reader.outputs().stream().map(output -> shrink(output, count, compact)).toList();
      rewritten.put(reader, new Node(reader.op(), substitute(reader.inputs(), compact), outputs));
    }
    for (Node update : consumers.updates()) {
      List<Tensor> inputs = new ArrayList<>();
      inputs.add(unique.outputs().getFirst());
      inputs.addAll(substitute(update.inputs(), compact));
      List<Integer> tables =
          update.outputs().stream().map(output -> update.inputs().indexOf(leafOf(output))).toList();
      Expression expression = ((Op.Elementwise) update.op()).expression();
      Op op = new Op.UpdateRows(expression, tables);
      rewritten.put(update, new Node(op, inputs, update.outputs()));
      last.add(update);
    }
  }

  private static Tensor shrink(Tensor tensor, int rows, Map<Tensor, Tensor> compact) {
    return compact.computeIfAbsent(
        tensor, _ -> tensor.sibling(Type.F32, Shape.of(rows, tensor.shape().columns())));
  }

  private static List<Tensor> substitute(List<Tensor> tensors, Map<Tensor, Tensor> replacements) {
    return tensors.stream().map(tensor -> replacements.getOrDefault(tensor, tensor)).toList();
  }

  private Node uniqueRows(Tensor ids, int rows) {
    for (Node known : uniques) {
      if (known.inputs().getFirst() == ids && known.op().equals(new Op.UniqueRows(rows))) {
        return known;
      }
    }
    int count = Math.min(rows, ids.shape().elements());
    Node unique =
        new Node(
            new Op.UniqueRows(rows),
            List.of(ids),
            List.of(ids.sibling(Type.I32, Shape.of(1, count)), ids.sibling(Type.I32, ids.shape())));
    uniques.add(unique);
    return unique;
  }

  /** The nodes that read {@code gradient}, directly or not, or null if one needs all rows. */
  private @Nullable Consumers consumers(Tensor gradient) {
    Set<Tensor> sparse = new LinkedHashSet<>(List.of(gradient));
    Set<Node> compact = new LinkedHashSet<>();
    Set<Node> updates = new LinkedHashSet<>();
    for (Node node : block.nodes()) {
      if (node.inputs().stream().noneMatch(sparse::contains)) {
        continue;
      }
      switch (node.op()) {
        case Op.Sum() -> {
          if (node.outputs().getFirst().shape().rows() != 1) {
            return null;
          }
          compact.add(node);
        }
        case Op.Elementwise(Expression expression) -> {
          List<Value> values = Value.evaluate(expression, node.inputs(), sparse);
          if (staysZero(node, values, sparse, gradient.shape().rows())) {
            compact.add(node);
            sparse.addAll(node.outputs());
          } else if (updatesOnlyTables(node, values, sparse)) {
            updates.add(node);
          } else {
            return null;
          }
        }
        default -> {
          return null;
        }
      }
    }
    boolean isVisible = sparse.stream().anyMatch(uses::isOutput);
    return isVisible || updates.isEmpty() ? null : new Consumers(compact, updates);
  }

  /** Whether rows of zeros stay zero, and only the sparse operands differ between rows. */
  private static boolean staysZero(Node node, List<Value> values, Set<Tensor> sparse, int rows) {
    return values.stream().allMatch(Value.ZERO::equals)
        && node.outputs().getFirst().shape().rows() == rows
        && node.inputs().stream()
            .allMatch(input -> sparse.contains(input) || input.shape().rows() == 1);
  }

  /** Whether all results are new values of leaves that equal the old ones for zero gradients. */
  private boolean updatesOnlyTables(Node node, List<Value> values, Set<Tensor> sparse) {
    Set<Tensor> tables = new HashSet<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      Tensor output = node.outputs().get(i);
      // The table is updated in place, so its new value must not be needed in other memory.
      boolean isUpdate =
          results.updates().containsValue(output) && !results.outputs().containsValue(output);
      if (!isUpdate || uses.count(output) != 1) {
        return false;
      }
      Tensor leaf = leafOf(output);
      boolean unchanged =
          values.get(i) instanceof Value.Operand(int index) && node.inputs().get(index) == leaf;
      if (!unchanged || isReadAfter(leaf, node)) {
        return false;
      }
      tables.add(leaf);
    }
    return node.inputs().stream()
        .allMatch(
            input -> tables.contains(input) || sparse.contains(input) || input.shape().rows() == 1);
  }

  private boolean isReadAfter(Tensor leaf, Node node) {
    List<Node> nodes = block.nodes();
    return uses.readers(leaf).stream()
        .anyMatch(reader -> nodes.indexOf(reader) > nodes.indexOf(node));
  }

  private Tensor leafOf(Tensor newValue) {
    return results.updates().entrySet().stream()
        .filter(update -> update.getValue() == newValue)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private Block rewrite() {
    List<Node> nodes = new ArrayList<>(uniques);
    for (Node node : block.nodes()) {
      if (!last.contains(node)) {
        nodes.add(rewritten.getOrDefault(node, node));
      }
    }
    last.forEach(node -> nodes.add(Objects.requireNonNull(rewritten.get(node))));
    return Order.sort(new Block(block.inputs(), nodes, block.outputs()));
  }

  /** The value of a term in rows where the gradient is zero, if it is known. */
  private sealed interface Value {

    Value ZERO = new Known(0);

    record Known(double number) implements Value {}

    record Operand(int index) implements Value {}

    record Unknown() implements Value {}

    static List<Value> evaluate(Expression expression, List<Tensor> operands, Set<Tensor> zeros) {
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        values.add(zeros.contains(operands.get(i)) ? ZERO : new Operand(i));
      }
      return expression.evaluate(new ZeroPropagation(), values);
    }
  }

  /** Evaluates an expression for zero gradients. */
  private static final class ZeroPropagation implements Arithmetic<Value> {

    @Override
    public Value constant(double value) {
      return new Value.Known(value);
    }

    @Override
    public Value unary(UnaryFunction function, Value a) {
      if (a instanceof Value.Known(double number)) {
        return known(function.apply(number));
      }
      return function == UnaryFunction.IDENTITY ? a : new Value.Unknown();
    }

    @Override
    public Value binary(BinaryFunction function, Value a, Value b) {
      if (a instanceof Value.Known(double left) && b instanceof Value.Known(double right)) {
        return known(function.apply(left, right));
      }
      boolean zeroLeft = a.equals(Value.ZERO);
      boolean zeroRight = b.equals(Value.ZERO);
      return switch (function) {
        case MULTIPLY -> zeroLeft || zeroRight ? Value.ZERO : new Value.Unknown();
        case DIVIDE -> zeroLeft ? Value.ZERO : new Value.Unknown();
        case ADD -> zeroRight ? a : zeroLeft ? b : new Value.Unknown();
        case SUBTRACT -> zeroRight ? a : new Value.Unknown();
        case MAXIMUM, MINIMUM, GREATER -> new Value.Unknown();
      };
    }

    private static Value known(double number) {
      return new Value.Known(number + 0.0); // -0 counts as 0
    }
  }
}
