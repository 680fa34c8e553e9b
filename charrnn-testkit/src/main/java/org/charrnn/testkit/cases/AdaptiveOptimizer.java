package org.charrnn.testkit.cases;

import java.util.List;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Divides by the root of the sum of squares, as Adagrad does, to train with in the contracts: rows
 * whose gradient is zero stay as they are.
 */
public final class AdaptiveOptimizer implements Optimizer {

  @Override
  public String name() {
    return "testkit-adaptive";
  }

  @Override
  public double defaultLearningRate() {
    return 0.02;
  }

  @Override
  public List<String> states() {
    return List.of("squares");
  }

  @Override
  public Update update(Tensor parameter, Tensor gradient, List<Tensor> state, Step step) {
    Tensor squares = state.getFirst().plus(gradient.square());
    Tensor change = step.learningRate().times(gradient).dividedBy(squares.plus(1e-4).sqrt());
    return Update.of(parameter.minus(change), squares);
  }
}
