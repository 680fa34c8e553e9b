package org.charrnn.testkit.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.charrnn.api.SeededRandom;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.testkit.gradient.GradientCheck;

/**
 * Checks the gradients of a loss with respect to all of its parameters, with and without hoisting.
 */
final class LossCheck {

  private LossCheck() {}

  /**
   * Checks a loss.
   *
   * @param ids all ids are random and below this number
   * @param recording declares parameters on a graph and returns a loss
   */
  static void check(int ids, Function<Graph, Tensor> recording) {
    for (Graph graph : List.of(new Graph(), new Graph(Set.of()))) {
      Tensor loss = recording.apply(graph);
      List<Tensor> parameters =
          graph.leaves().values().stream().filter(leaf -> leaf.role() == Role.PARAMETER).toList();
      GradientCheck check = GradientCheck.of(loss, parameters);
      check.fillRandomly(42);
      SeededRandom random = new SeededRandom(43);
      for (Tensor leaf : graph.leaves().values()) {
        if (leaf.type() == Type.I32) {
          Arrays.setAll(check.ints(leaf.name()), _ -> random.nextInt(ids));
        }
      }
      check.requireBelow(1e-6);
    }
  }

  /** Checks a loss of a graph without ids. */
  static void check(Function<Graph, Tensor> recording) {
    check(1, recording);
  }

  /** A scalar to which each element contributes with a weight of its own. */
  static Tensor weigh(Tensor value) {
    Tensor weights =
        value.graph().input("weights of " + value.graph().leaves().size(), Type.F32, value.shape());
    return value.times(weights).sum();
  }
}
