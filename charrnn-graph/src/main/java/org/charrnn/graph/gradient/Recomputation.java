package org.charrnn.graph.gradient;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * Chooses the tensors of a forward body that the backward body computes again instead of reading
 * them from a stack: those that follow in a few cheap steps from tensors that it reads anyway or
 * that the forward body receives.
 */
final class Recomputation {

  /** Computing so many functions again costs less than storing a tensor and reading it back. */
  private static final int MOST = 4;

  private final Block body;
  private final Set<Tensor> used;
  private final Map<Tensor, Node> definitions = new HashMap<>();

  /**
   * Prepares the choice.
   *
   * @param body the forward body
   * @param used the tensors of it that the backward body reads
   */
  Recomputation(Block body, Set<Tensor> used) {
    this.body = body;
    this.used = new HashSet<>(used);
    for (Node node : body.nodes()) {
      node.outputs().forEach(output -> definitions.put(output, node));
      if (node.op() instanceof Op.Elementwise(Expression expression) && expression.isConstant()) {
        this.used.add(node.outputs().getFirst()); // a constant costs nothing
      }
    }
  }

  /** The nodes to be computed again. */
  Set<Node> nodes() {
    Set<Node> chosen = new HashSet<>();
    for (Node node : body.nodes()) {
      Set<Node> needed = new LinkedHashSet<>();
      if (used.contains(node.outputs().getFirst())
          && canRecompute(node, needed)
          && needed.size() <= MOST) {
        chosen.addAll(needed);
      }
    }
    return chosen;
  }

  /**
   * Whether the result of a node can be computed again.
   *
   * @param needed receives the node, and others on which it depends
   */
  private boolean canRecompute(Node node, Set<Node> needed) {
    if (!(node.op() instanceof Op.Elementwise(Expression expression)
        && isCheap(expression.terms().getFirst()))) {
      return false;
    }
    needed.add(node);
    return node.inputs().stream()
        .allMatch(input -> {
          Node definition = definitions.get(input);
          return definition == null || used.contains(input) || canRecompute(definition, needed);
        });
  }

  private static boolean isCheap(Expression.Term term) {
    return switch (term) {
      case Expression.Term.Constant _ -> true;
      case Expression.Term.Unary(UnaryFunction function, int _) -> function.isCheap();
      case Expression.Term.Binary(BinaryFunction function, int _, int _) -> function.isCheap();
    };
  }
}
