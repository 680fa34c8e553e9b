package org.charrnn.text.device;

import java.util.List;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * The step of dynamic evaluation: {@code s += g^2; w -= rate * g / (sqrt(s / t) + epsilon)}, where
 * t counts the steps from 1, so that {@code s / t} is the mean squared gradient of all windows so
 * far.
 *
 * <p>Source: Krause, Kahembwe, Murray, Renals, "Dynamic Evaluation of Neural Sequence Models", ICML
 * 2018, which takes the mean over the training text, which a model does not have, and pulls the
 * parameters back to those of the model, which did not help here: docs/scoring.md has the figures.
 */
final class DynamicEvaluation implements Optimizer {

  private static final String SQUARES = "squares";
  private static final double EPSILON = 1e-6;

  @Override
  public String name() {
    return "dynamic-evaluation";
  }

  @Override
  public double defaultLearningRate() {
    return 0.0003;
  }

  @Override
  public List<String> states() {
    return List.of(SQUARES);
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Tensor squares = state.getFirst().plus(gradient.square());
    Tensor divisor = squares.dividedBy(context.stepNumber()).sqrt().plus(EPSILON);
    Tensor step = gradient.times(context.learningRate()).dividedBy(divisor);
    return Update.of(parameter.minus(step), squares);
  }
}
