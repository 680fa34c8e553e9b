package org.charrnn.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes nodes on which no result depends.
 *
 * <p><b>Thread safety.</b> Stateless; it does not change its argument.
 */
public final class Liveness {

  private Liveness() {}

  /**
   * {@return the block without the nodes on which no output depends, in the same order} A loop
   * keeps all carried states, since they depend on one another, and the stacked outputs that are
   * read.
   *
   * @param block the block
   */
  public static Block prune(Block block) {
    Set<Tensor> live = new HashSet<>(block.outputs());
    Deque<Node> kept = new ArrayDeque<>();
    for (Node node : block.nodes().reversed()) {
      if (node.outputs().stream().anyMatch(live::contains)) {
        Node smaller = node.op() instanceof Op.Scan scan ? pruneLoop(node, scan, live) : node;
        live.addAll(smaller.inputs());
        kept.addFirst(smaller);
      }
    }
    return new Block(block.inputs(), List.copyOf(kept), block.outputs());
  }

  private static Node pruneLoop(Node node, Op.Scan scan, Set<Tensor> live) {
    List<Tensor> results = new ArrayList<>();
    List<Tensor> bodyOutputs = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      if (i < scan.carried() || live.contains(node.outputs().get(i))) {
        results.add(node.outputs().get(i));
        bodyOutputs.add(scan.body().outputs().get(i));
      }
    }
    Block body = prune(new Block(scan.body().inputs(), scan.body().nodes(), bodyOutputs));
    return scan.withBody(node, body, results);
  }
}
