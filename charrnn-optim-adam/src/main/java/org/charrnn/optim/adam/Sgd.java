package org.charrnn.optim.adam;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Gradient descent with momentum, "sgd", with the formula of {@code torch.optim.SGD} without
 * dampening: {@code g += decay * w; u = momentum * u + g; w -= rate * u}, and with {@code nesterov}
 * 1 the last is {@code w -= rate * (g + momentum * u)}.
 *
 * <p>The state {@code velocity} (u) has the shape of the parameter. Defaults: learning rate 0.1,
 * {@code momentum} 0.9, in [0, 0.999999], {@code nesterov} 0, which may be 0 or 1, {@code
 * weight-decay} 0, in [0, 1].
 *
 * <p>Sources: Polyak, "Some methods of speeding up the convergence of iteration methods", USSR
 * Computational Mathematics and Mathematical Physics 4, 1964; for Nesterov's variant Sutskever,
 * Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning", ICML
 * 2013. With momentum 0 it is the method of Robbins and Monro, "A Stochastic Approximation Method",
 * Annals of Mathematical Statistics 22, 1951; the velocity is then left at zero.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class Sgd implements Optimizer {

  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";

  /** For ServiceLoader. */
  public Sgd() {}

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public double defaultLearningRate() {
    return 0.1;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(
        new Hyperparameter(
            MOMENTUM,
            0.9,
            0,
            0.999999,
            "how much of its velocity a step keeps; 0 for plain descent"),
        new Hyperparameter(NESTEROV, 0, 0, 1, "1 looks one step ahead (Nesterov), 0 does not"),
        WeightDecay.coupled());
  }

  @Override
  public List<String> states() {
    return List.of("velocity");
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if {@code nesterov} is neither 0 nor 1, or is 1 without
   *     momentum
   */
  @Override
  public void check(Hyperparameters values) {
    double nesterov = values.get(NESTEROV);
    if (nesterov != 0 && nesterov != 1) {
      throw new IllegalArgumentException("nesterov must be 0 or 1: " + nesterov);
    }
    if (nesterov == 1 && values.get(MOMENTUM) == 0) {
      throw new IllegalArgumentException(
          "nesterov 1 needs a momentum above 0; set momentum, or nesterov 0");
    }
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    double momentum = context.hyperparameters().get(MOMENTUM);
    Tensor g = WeightDecay.addedTo(gradient, parameter, context);
    if (momentum == 0) {
      return Update.of(parameter.minus(context.learningRate().times(g)), state.getFirst());
    }
    Tensor velocity = state.getFirst().times(momentum).plus(g);
    boolean nesterov = context.hyperparameters().get(NESTEROV) == 1;
    Tensor direction = nesterov ? g.plus(velocity.times(momentum)) : velocity;
    return Update.of(parameter.minus(context.learningRate().times(direction)), velocity);
  }
}
