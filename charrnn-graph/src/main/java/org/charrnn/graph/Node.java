package org.charrnn.graph;

import java.util.List;

/**
 * An op with its operands and results. Each tensor is the result of at most one node.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param op the op
 * @param inputs the operands, in the order documented at the op
 * @param outputs the results, in the order documented at the op
 */
public record Node(Op op, List<Tensor> inputs, List<Tensor> outputs) {
  /** Copies the lists. */
  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
