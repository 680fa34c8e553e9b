package org.charrnn.testkit.cases;

import java.util.List;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Gradient descent with momentum: rows whose gradient is zero keep moving, so that the whole table
 * is updated in each step.
 */
public final class MomentumOptimizer implements Optimizer {

  @Override
  public String name() {
    return "testkit-momentum";
  }

  @Override
  public double defaultLearningRate() {
    return 0.1;
  }

  @Override
  public List<String> states() {
    return List.of("velocity");
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Tensor velocity = state.getFirst().times(0.5).plus(gradient);
    return Update.of(parameter.minus(context.learningRate().times(velocity)), velocity);
  }
}
