package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Tensor;

/** Sorts nodes topologically (Kahn's algorithm): each after the nodes whose results it reads. */
final class Order {

  private Order() {}

  /** The block with sorted nodes; independent nodes keep their order. */
  static Block sort(Block block) {
    List<Node> nodes = block.nodes();
    Map<Tensor, Integer> definedBy = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (Tensor output : nodes.get(i).outputs()) {
        definedBy.put(output, i);
      }
    }
    int[] waitingFor = new int[nodes.size()];
    List<List<Integer>> followers = new ArrayList<>();
    nodes.forEach(_ -> followers.add(new ArrayList<>()));
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < nodes.size(); i++) {
      Set<Integer> sources = new HashSet<>();
      nodes.get(i).inputs().stream()
          .filter(definedBy::containsKey)
          .map(definedBy::get)
          .forEach(sources::add);
      waitingFor[i] = sources.size();
      for (int source : sources) {
        followers.get(source).add(i);
      }
      if (sources.isEmpty()) {
        ready.add(i);
      }
    }
    List<Node> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      int next = ready.remove();
      sorted.add(nodes.get(next));
      for (int follower : followers.get(next)) {
        if (--waitingFor[follower] == 0) {
          ready.add(follower);
        }
      }
    }
    if (sorted.size() != nodes.size()) {
      throw new IllegalStateException("nodes that depend on one another: " + nodes);
    }
    return new Block(block.inputs(), sorted, block.outputs());
  }
}
