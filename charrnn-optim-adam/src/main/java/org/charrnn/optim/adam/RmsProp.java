package org.charrnn.optim.adam;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * RMSProp, "rmsprop", with the formula of {@code torch.optim.RMSprop}, not centered and without
 * momentum: {@code g += decay * w; v = alpha * v + (1 - alpha) * g^2; w -= rate * g / (sqrt(v) +
 * epsilon)}.
 *
 * <p>The state {@code squares} (v) has the shape of the parameter. Defaults: learning rate 0.002,
 * {@code alpha} 0.99, in [0, 0.999999], {@code epsilon} 1e-8, in [1e-30, 1], {@code weight-decay}
 * 0, in [0, 1].
 *
 * <p>Source: Tieleman, Hinton, "Lecture 6.5: rmsprop", COURSERA: Neural Networks for Machine
 * Learning, 2012. The mean starts at zero without a correction, so the first steps are large:
 * {@code rate / sqrt(1 - alpha)} each.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class RmsProp implements Optimizer {

  private static final String ALPHA = "alpha";

  /** For ServiceLoader. */
  public RmsProp() {}

  @Override
  public String name() {
    return "rmsprop";
  }

  @Override
  public double defaultLearningRate() {
    return 0.002;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(
        RunningMean.beta(ALPHA, 0.99, "how much of the mean squared gradient a step keeps"),
        Moments.epsilon(),
        WeightDecay.coupled());
  }

  @Override
  public List<String> states() {
    return List.of("squares");
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Tensor g = WeightDecay.addedTo(gradient, parameter, context);
    Tensor squares =
        RunningMean.next(state.getFirst(), context.hyperparameters().get(ALPHA), g.square());
    Tensor divisor = squares.sqrt().plus(context.hyperparameters().get(Moments.EPSILON));
    return Update.of(parameter.minus(context.learningRate().times(g).dividedBy(divisor)), squares);
  }
}
