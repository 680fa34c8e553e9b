package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Tensor;
import org.jspecify.annotations.Nullable;

/** Computes a cross entropy and its gradient together, since both need the same exponentials. */
final class FuseCrossEntropy {

  private FuseCrossEntropy() {}

  static Block apply(Block block) {
    Block fused = block;
    for (Node node : block.nodes()) {
      if (node.op().equals(new Op.CrossEntropy(false, true))) {
        Node loss = lossOf(node, fused);
        // Checked in the block fused so far: joining one pair can make another pair dependent.
        if (loss != null && !dependsOn(fused, node.inputs().get(2), loss)) {
          fused = join(loss, node, fused);
        }
      }
    }
    return fused;
  }

  /** The node that computes only the loss that belongs to {@code gradient}. */
  private static @Nullable Node lossOf(Node gradient, Block block) {
    return block.nodes().stream()
        .filter(node -> node.op().equals(new Op.CrossEntropy(true, false)))
        .filter(node -> node.inputs().equals(gradient.inputs().subList(0, 2)))
        .findFirst()
        .orElse(null);
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
