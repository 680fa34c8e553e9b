package org.charrnn.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes in an order in which they can be computed: the ops of a graph, or of the body of a loop. A
 * pass of the compiler returns another block.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param inputs tensors that the block receives
 * @param nodes the nodes, each after the nodes whose results it reads
 * @param outputs tensors that the block returns
 */
public record Block(List<Tensor> inputs, List<Node> nodes, List<Tensor> outputs) {
  /** Copies the lists. */
  public Block {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
    outputs = List.copyOf(outputs);
  }

  /**
   * {@return the tensors that this block uses but neither receives nor computes, in order of first
   * use}
   */
  public List<Tensor> captured() {
    Set<Tensor> known = new LinkedHashSet<>(inputs);
    Set<Tensor> captured = new LinkedHashSet<>();
    for (Node node : nodes) {
      addUnknown(node.inputs(), known, captured);
      known.addAll(node.outputs());
    }
    addUnknown(outputs, known, captured);
    return List.copyOf(captured);
  }

  private static void addUnknown(Collection<Tensor> used, Set<Tensor> known, Set<Tensor> unknown) {
    for (Tensor tensor : used) {
      if (!known.contains(tensor)) {
        unknown.add(tensor);
      }
    }
  }

  /**
   * {@return this block with every use of a key of {@code replacements} replaced by its value, in
   * bodies of loops too}
   *
   * @param replacements the tensors to replace, with their replacements
   */
  public Block substitute(Map<Tensor, Tensor> replacements) {
    if (replacements.isEmpty()) {
      return this;
    }
    List<Node> changed = new ArrayList<>();
    for (Node node : nodes) {
      Op op = node.op();
      if (op instanceof Op.Scan scan) {
        op =
            new Op.Scan(
                scan.steps(),
                scan.reverse(),
                scan.sequences(),
                scan.carried(),
                scan.body().substitute(replacements));
      }
      changed.add(new Node(op, replaced(node.inputs(), replacements), node.outputs()));
    }
    return new Block(inputs, changed, replaced(outputs, replacements));
  }

  private static List<Tensor> replaced(List<Tensor> tensors, Map<Tensor, Tensor> replacements) {
    return tensors.stream().map(tensor -> replacements.getOrDefault(tensor, tensor)).toList();
  }
}
