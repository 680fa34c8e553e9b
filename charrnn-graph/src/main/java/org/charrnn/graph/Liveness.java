package org.charrnn.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what a result depends on. */
public final class Liveness {

  private Liveness() {}

  /** The block without the nodes on which no output depends, in the same order. Loops are kept or dropped whole. */
  public static Block prune(Block block) {
    Set<Tensor> live = new HashSet<>(block.outputs());
    Deque<Node> kept = new ArrayDeque<>();
    for (Node node : block.nodes().reversed()) {
      if (node.outputs().stream().anyMatch(live::contains)) {
        live.addAll(node.inputs());
        kept.addFirst(node);
      }
    }
    return new Block(block.inputs(), List.copyOf(kept), block.outputs());
  }
}
