package org.charrnn.testkit.cases;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Divides each gradient by the root of the sum of its squares, as Adagrad does: rows whose gradient
 * is zero do not change.
 */
public final class AdaptiveOptimizer implements Optimizer {

  @Override
  public String name() {
    return "testkit-adaptive";
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(new Hyperparameter("epsilon", 1e-4, 1e-12, 1, "added inside the root"));
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
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Tensor squares = state.getFirst().plus(gradient.square());
    Tensor root = squares.plus(context.hyperparameters().get("epsilon")).sqrt();
    Tensor change = context.learningRate().times(gradient).dividedBy(root);
    return Update.of(parameter.minus(change), squares);
  }
}
