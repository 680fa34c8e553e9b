package org.charrnn.optim.adam;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Adam, "adam", with the formula of {@code torch.optim.Adam}; t counts the steps from 1.
 *
 * <pre>
 * g += decay * w
 * m  = beta1 * m + (1 - beta1) * g
 * v  = beta2 * v + (1 - beta2) * g^2
 * w -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)
 * </pre>
 *
 * <p>The states {@code mean} (m) and {@code squares} (v) have the shape of the parameter. Defaults:
 * learning rate 0.001, {@code beta1} 0.9 and {@code beta2} 0.999, in [0, 0.999999], {@code epsilon}
 * 1e-8, in [1e-30, 1], {@code weight-decay} 0, in [0, 1].
 *
 * <p>Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1. The
 * weight decay is PyTorch's: it passes through the means; {@link AdamW} keeps it out of them.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class Adam implements Optimizer {

  /** For ServiceLoader. */
  public Adam() {}

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return Moments.hyperparametersAnd(WeightDecay.coupled());
  }

  @Override
  public List<String> states() {
    return Moments.STATES;
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Moments moments =
        Moments.next(state, WeightDecay.addedTo(gradient, parameter, context), context);
    return Update.of(moments.stepFrom(parameter, context), moments.mean(), moments.squares());
  }
}
