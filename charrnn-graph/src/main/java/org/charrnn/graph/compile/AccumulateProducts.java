package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.Block;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.jspecify.annotations.Nullable;

/** Combines a product with the addition that is its only use: {@code a * b + c} in one pass. */
final class AccumulateProducts {

  private AccumulateProducts() {}

  static Block apply(Block block) {
    Uses uses = new Uses(block);
    Map<Tensor, Node> products = new HashMap<>(); // without an addend, by result
    List<Node> nodes = new ArrayList<>();
    for (Node node : block.nodes()) {
      Node product = isSum(node) ? productIn(node, products, uses) : null;
      if (product != null) {
        Tensor result = product.outputs().getFirst();
        List<Tensor> terms = node.inputs();
        Tensor addend = terms.get(0) == result ? terms.get(1) : terms.get(0);
        nodes.remove(product);
        products.remove(result);
        List<Tensor> inputs = new ArrayList<>(product.inputs());
        inputs.add(addend);
        nodes.add(new Node(product.op(), inputs, node.outputs()));
      } else {
        nodes.add(node);
        if (node.op() instanceof Op.MatMul && node.inputs().size() == 2) {
          products.put(node.outputs().getFirst(), node);
        }
      }
    }
    return new Block(block.inputs(), nodes, block.outputs());
  }

  private static boolean isSum(Node node) {
    return node.op() instanceof Op.Elementwise(Expression expression)
        && expression.equals(Expression.of(BinaryFunction.ADD));
  }

  /**
   * The product among the operands of a sum to which the other operand can be added. The later
   * operand is tried first: of two products, the one that runs last adds the other.
   */
  private static @Nullable Node productIn(Node sum, Map<Tensor, Node> products, Uses uses) {
    Shape shape = sum.outputs().getFirst().shape();
    for (int i = 1; i >= 0; i--) {
      Tensor candidate = sum.inputs().get(i);
      Tensor addend = sum.inputs().get(1 - i);
      boolean fits =
          addend.shape().columns() == shape.columns()
              && (addend.shape().rows() == 1 || addend.shape().rows() == shape.rows());
      if (fits
          && products.containsKey(candidate)
          && uses.count(candidate) == 1
          && candidate.shape().equals(shape)) {
        return products.get(candidate);
      }
    }
    return null;
  }
}
