package org.example.charrnn;

import java.util.List;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Stochastic gradient descent, {@code w -= rate * g}: Robbins, Monro, "A Stochastic Approximation
 * Method", 1951.
 */
public final class PlainSgd implements Optimizer {

  @Override
  public String name() {
    return "plain-sgd";
  }

  @Override
  public double defaultLearningRate() {
    return 0.5;
  }

  @Override
  public List<String> states() {
    return List.of();
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    return Update.of(parameter.minus(context.learningRate().times(gradient)));
  }
}
