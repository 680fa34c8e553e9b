package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Tensor;
import org.jspecify.annotations.Nullable;

/** Computes a cross entropy and its gradient together, since both need the same exponentials. */
final class FuseCrossEntropy {

  private FuseCrossEntropy() {}

  static Block apply(Block block) {
    Block fused = block;
    for (Node node : block.nodes()) {
      if (operands(node) instanceof Operands.CrossEntropy<Tensor> gradient
          && gradient.loss().isEmpty()) {
        Node loss = lossOf(gradient, fused);
        // Checked in the block fused so far: joining one pair can make another pair dependent.
        if (loss != null && !dependsOn(fused, gradient.upstream().orElseThrow(), loss)) {
          fused = join(loss, node, fused);
        }
      }
    }
    return fused;
  }

  /** The node that computes only the loss that belongs to {@code gradient}. */
  private static @Nullable Node lossOf(Operands.CrossEntropy<Tensor> gradient, Block block) {
    for (Node node : block.nodes()) {
      if (operands(node) instanceof Operands.CrossEntropy<Tensor> loss
          && loss.gradient().isEmpty()
          && loss.logits() == gradient.logits()
          && loss.targets() == gradient.targets()) {
        return node;
      }
    }
    return null;
  }

  private static @Nullable Operands<Tensor> operands(Node node) {
    return node.op() instanceof Op.Kernel kernel
        ? Operands.of(kernel, node.inputs(), node.outputs())
        : null;
  }

  private static Block join(Node loss, Node gradient, Block block) {
    List<Tensor> results = List.of(loss.outputs().getFirst(), gradient.outputs().getFirst());
    Node both = new Node(new Op.CrossEntropy(true, true), gradient.inputs(), results);
    List<Node> nodes = new ArrayList<>();
    for (Node node : block.nodes()) {
      if (!node.equals(loss)) {
        nodes.add(node.equals(gradient) ? both : node);
      }
    }
    return Order.sort(new Block(block.inputs(), nodes, block.outputs()));
  }

  private static boolean dependsOn(Block block, Tensor tensor, Node source) {
    Set<Tensor> dependents = new HashSet<>(source.outputs());
    for (Node node : block.nodes()) {
      if (node.inputs().stream().anyMatch(dependents::contains)) {
        dependents.addAll(node.outputs());
      }
    }
    return dependents.contains(tensor);
  }
}
