package org.charrnn.optim.adam;

import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer.UpdateContext;
import org.charrnn.graph.Tensor;

/** Decays every parameter, biases included, towards zero; 0 records nothing. */
final class WeightDecay {

  private static final String NAME = "weight-decay";

  private WeightDecay() {}

  /** The declaration for an optimizer that adds the decay to the gradient. */
  static Hyperparameter coupled() {
    return new Hyperparameter(NAME, 0, 0, 1, "times the parameter is added to its gradient");
  }

  /** The declaration for an optimizer that shrinks the parameter itself. */
  static Hyperparameter decoupled() {
    return new Hyperparameter(
        NAME, 0.01, 0, 1, "times the learning rate is the share by which a parameter shrinks");
  }

  /** {@code g + decay * w}. */
  static Tensor addedTo(Tensor gradient, Tensor parameter, UpdateContext context) {
    double decay = context.hyperparameters().get(NAME);
    return decay == 0 ? gradient : gradient.plus(parameter.times(decay));
  }

  /** {@code w * (1 - rate * decay)}. */
  static Tensor shrunk(Tensor parameter, UpdateContext context) {
    double decay = context.hyperparameters().get(NAME);
    return decay == 0
        ? parameter
        : parameter.times(context.learningRate().times(decay).subtractedFrom(1));
  }
}
