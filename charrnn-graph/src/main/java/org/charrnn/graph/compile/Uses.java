package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Tensor;

/** The readers of each tensor of a block. */
final class Uses {

  private final Map<Tensor, List<Node>> readers = new HashMap<>();
  private final List<Tensor> outputs;

  Uses(Block block) {
    outputs = block.outputs();
    for (Node node : block.nodes()) {
      node.inputs()
          .forEach(input -> readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(node));
    }
  }

  /** The nodes that read {@code tensor}, once for each operand. */
  List<Node> readers(Tensor tensor) {
    return readers.getOrDefault(tensor, List.of());
  }

  boolean isOutput(Tensor tensor) {
    return outputs.contains(tensor);
  }

  /** The number of uses of {@code tensor} as an operand or output. */
  int count(Tensor tensor) {
    return readers(tensor).size() + (isOutput(tensor) ? 1 : 0);
  }
}
