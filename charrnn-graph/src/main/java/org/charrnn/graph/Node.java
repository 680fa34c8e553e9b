package org.charrnn.graph;

import java.util.List;

/**
 * An op with what it reads and what it defines. Each tensor is defined by one node at most.
 *
 * @param op what is computed
 * @param inputs the operands, in the order that the op gives
 * @param outputs the results, in the order that the op gives
 */
public record Node(Op op, List<Tensor> inputs, List<Tensor> outputs) {
  /** Copies the lists. */
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
