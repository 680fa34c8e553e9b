package org.charrnn.graph.gradient;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Reverse-mode differentiation of a recorded graph, including loops over time.
 *
 * <p>Sources: Griewank, Walther, "Evaluating Derivatives", 2nd edition, SIAM 2008, chapter 3; for
 * loops Werbos, "Backpropagation Through Time: What It Does and How to Do It", Proceedings of the
 * IEEE 78, 1990.
 *
 * <p>The gradient of a loop is a loop in reverse. The values of the forward pass that it needs
 * become stacked outputs of the forward loop, unless they are cheap to recompute. The gradient of a
 * weight that the body uses is one product over the stacked operands of all steps, outside the
 * loop, see {@code ScanGradient}.
 *
 * <p><b>Thread safety.</b> Stateless, but it records on the graph of the loss, which is for one
 * thread at a time.
 */
public final class Gradients {

  private Gradients() {}

  /**
   * Records the gradients of {@code loss} on its graph.
   *
   * @param loss a tensor of one element
   * @param parameters the tensors with respect to which the loss is differentiated, of the same
   *     graph
   * @return the gradient of each parameter, of its shape; zeros if the loss does not depend on it
   * @throws IllegalArgumentException if the loss has more than one element, a parameter belongs to
   *     another graph, or the loss depends on a parameter through the gradient of a cross entropy
   */
  public static List<Tensor> of(Tensor loss, List<Tensor> parameters) {
    if (loss.shape().elements() != 1) {
      throw new IllegalArgumentException(
          "only a scalar can be differentiated; sum the loss first: " + loss);
    }
    Graph graph = loss.graph();
    parameters.forEach(graph::require);
    List<Node> nodes = List.copyOf(graph.nodes());
    Set<Tensor> needed = dependents(nodes, parameters);
    Adjoints adjoints = new Adjoints(graph);
    adjoints.add(loss, graph.broadcast(graph.constant(1), loss.shape()));
    for (Node node : nodes.reversed()) {
      List<@Nullable Tensor> upstream = new ArrayList<>();
      node.outputs()
          .forEach(output -> upstream.add(needed.contains(output) ? adjoints.get(output) : null));
      if (upstream.stream().allMatch(gradient -> gradient == null)) {
        continue;
      }
      if (node.op() instanceof Op.Scan) {
        new ScanGradient(graph, node, upstream, needed, adjoints).record();
      } else {
        new GradientRules(graph, needed, adjoints)
            .apply(node, Objects.requireNonNull(upstream.getFirst()));
      }
    }
    List<Tensor> gradients = new ArrayList<>();
    for (Tensor parameter : parameters) {
      Tensor gradient = adjoints.get(parameter);
      gradients.add(gradient == null ? graph.zeros(parameter.shape()) : gradient);
    }
    return List.copyOf(gradients);
  }

  /** All tensors that depend on one of {@code sources}, including the sources. */
  private static Set<Tensor> dependents(List<Node> nodes, List<Tensor> sources) {
    Set<Tensor> dependents = new HashSet<>(sources);
    for (Node node : nodes) {
      if (node.inputs().stream().anyMatch(dependents::contains)) {
        dependents.addAll(node.outputs());
      }
    }
    return dependents;
  }
}
