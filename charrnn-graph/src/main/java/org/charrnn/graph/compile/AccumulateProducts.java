package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;

/** Combines a product with the addition that is its only use: {@code a * b + c} in one pass. */
final class AccumulateProducts {

  private AccumulateProducts() {}

  static Block apply(Block block) {
    Uses uses = new Uses(block);
    Map<Tensor, Node> products = new HashMap<>(); // without an addend, by result
    List<Node> nodes = new ArrayList<>();
    for (Node node : block.nodes()) {
      Optional<Accumulation> accumulation = accumulation(node, products, uses);
      if (accumulation.isPresent()) {
        Node product = accumulation.get().product();
        nodes.remove(product);
        products.remove(product.outputs().getFirst());
        nodes.add(accumulation.get().node(node.outputs()));
      } else {
        nodes.add(node);
        if (product(node).filter(it -> it.addend().isEmpty()).isPresent()) {
          products.put(node.outputs().getFirst(), node);
        }
      }
    }
    return new Block(block.inputs(), nodes, block.outputs());
  }

  /** A product and what is to be added to it. */
  private record Accumulation(Node product, Operands.MatMul<Tensor> operands, Tensor addend) {

    Node node(List<Tensor> results) {
      return new Node(product.op(), List.of(operands.left(), operands.right(), addend), results);
    }
  }

  private static Optional<Operands.MatMul<Tensor>> product(Node node) {
    return node.op() instanceof Op.MatMul op
            && Operands.of(op, node.inputs(), node.outputs())
                instanceof Operands.MatMul<Tensor> product
        ? Optional.of(product)
        : Optional.empty();
  }

  private static Optional<Operands.Elementwise<Tensor>> sum(Node node) {
    return node.op() instanceof Op.Elementwise op
            && op.expression().equals(Expression.of(BinaryFunction.ADD))
            && Operands.of(op, node.inputs(), node.outputs())
                instanceof Operands.Elementwise<Tensor> sum
        ? Optional.of(sum)
        : Optional.empty();
  }

  /**
   * The product among the terms of a sum to which the other term can be added. The later term is
   * tried first: of two products, the one that runs last adds the other.
   */
  private static Optional<Accumulation> accumulation(
      Node node, Map<Tensor, Node> products, Uses uses) {
    return sum(node)
        .flatMap(sum -> {
          Tensor first = sum.operands().getFirst();
          Tensor last = sum.operands().getLast();
          Shape shape = sum.results().getFirst().shape();
          return accumulation(last, first, shape, products, uses)
              .or(() -> accumulation(first, last, shape, products, uses));
        });
  }

  private static Optional<Accumulation> accumulation(
      Tensor candidate, Tensor addend, Shape shape, Map<Tensor, Node> products, Uses uses) {
    Node product = products.get(candidate);
    boolean fits =
        product != null
            && uses.count(candidate) == 1
            && candidate.shape().equals(shape)
            && addend.shape().columns() == shape.columns()
            && (addend.shape().rows() == 1 || addend.shape().rows() == shape.rows());
    return product != null && fits
        ? product(product).map(operands -> new Accumulation(product, operands, addend))
        : Optional.empty();
  }
}
