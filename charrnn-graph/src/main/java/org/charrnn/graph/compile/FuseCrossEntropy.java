package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Tensor;

/** Computes a cross entropy and its gradient together, since both need the same exponentials. */
final class FuseCrossEntropy {

  private FuseCrossEntropy() {}

  static Block apply(Block block) {
    Map<List<Tensor>, Node> losses = new HashMap<>(); // (logits, targets) -> node
    List<Node> nodes = new ArrayList<>();
    for (Node node : block.nodes()) {
      List<Tensor> key = node.inputs().size() < 2 ? List.of() : node.inputs().subList(0, 2);
      if (node.op() instanceof Op.CrossEntropy(boolean loss, boolean gradient)) {
        Node partner = losses.get(key);
        if (gradient && partner != null && !dependsOn(block, node.inputs().get(2), partner)) {
          nodes.remove(partner);
          losses.remove(key); // computed once; a further gradient of it stands alone
          nodes.add(
              new Node(
                  new Op.CrossEntropy(true, true),
                  node.inputs(),
                  List.of(partner.outputs().getFirst(), node.outputs().getFirst())));
          continue;
        }
        if (loss && !gradient) {
          losses.put(key, node);
        }
      }
      nodes.add(node);
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
