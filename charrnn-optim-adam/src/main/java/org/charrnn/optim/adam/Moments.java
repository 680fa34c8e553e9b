package org.charrnn.optim.adam;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer.UpdateContext;
import org.charrnn.graph.Tensor;

/**
 * The states of Adam for a parameter.
 *
 * @param mean the running mean of the gradient, of the parameter's shape
 * @param squares the running mean of its square, of the same shape
 */
record Moments(Tensor mean, Tensor squares) {

  static final List<String> STATES = List.of("mean", "squares");

  private static final String BETA1 = "beta1";
  private static final String BETA2 = "beta2";
  static final String EPSILON = "epsilon";

  /** The hyperparameters of Adam and AdamW, with the weight decay of each. */
  static List<Hyperparameter> hyperparametersAnd(Hyperparameter weightDecay) {
    return List.of(
        RunningMean.beta(BETA1, 0.9, "how much of the mean gradient a step keeps"),
        RunningMean.beta(BETA2, 0.999, "how much of the mean squared gradient a step keeps"),
        epsilon(),
        weightDecay);
  }

  static Hyperparameter epsilon() {
    return new Hyperparameter(
        EPSILON, 1e-8, 1e-30, 1, "keeps the step finite where gradients vanish");
  }

  /** The moments updated by {@code gradient}. */
  static Moments next(List<Tensor> state, Tensor gradient, UpdateContext context) {
    return new Moments(
        RunningMean.next(state.getFirst(), context.hyperparameters().get(BETA1), gradient),
        RunningMean.next(state.getLast(), context.hyperparameters().get(BETA2), gradient.square()));
  }

  /**
   * {@code w - rate / c1 * mean / (sqrt(squares) / sqrt(c2) + epsilon)} with the two corrections.
   */
  Tensor stepFrom(Tensor parameter, UpdateContext context) {
    Tensor correction1 =
        RunningMean.correction(context.hyperparameters().get(BETA1), context.stepNumber());
    Tensor correction2 =
        RunningMean.correction(context.hyperparameters().get(BETA2), context.stepNumber());
    Tensor rate = context.learningRate().dividedBy(correction1);
    Tensor divisor =
        squares.sqrt().dividedBy(correction2.sqrt()).plus(context.hyperparameters().get(EPSILON));
    return parameter.minus(rate.times(mean).dividedBy(divisor));
  }
}
