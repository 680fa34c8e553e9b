package org.charrnn.graph.gradient;

import java.util.HashMap;
import java.util.Map;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.expression.BinaryFunction;
import org.jspecify.annotations.Nullable;

/** The gradient of the loss with respect to each tensor, summed over the uses visited so far. */
final class Adjoints {

  private final Graph graph;
  private final Map<Tensor, Tensor> sums = new HashMap<>();

  Adjoints(Graph graph) {
    this.graph = graph;
  }

  void add(Tensor tensor, Tensor gradient) {
    sums.merge(tensor, gradient, (sum, next) -> graph.apply(BinaryFunction.ADD, sum, next));
  }

  @Nullable Tensor get(Tensor tensor) {
    return sums.get(tensor);
  }
}
