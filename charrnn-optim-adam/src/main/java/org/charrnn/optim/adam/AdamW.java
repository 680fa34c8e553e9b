package org.charrnn.optim.adam;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Adam with decoupled weight decay, "adamw", with the formula of {@code torch.optim.AdamW}: {@code
 * w *= 1 - rate * decay}, then the step of {@link Adam} without its decay.
 *
 * <p>States and hyperparameters are those of {@link Adam}, but {@code weight-decay} is 0.01 by
 * default.
 *
 * <p>Source: Loshchilov, Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2.
 * There the decay is multiplied by the schedule alone; here, as in PyTorch, by the whole learning
 * rate.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class AdamW implements Optimizer {

  /** For ServiceLoader. */
  public AdamW() {}

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return Moments.hyperparametersAnd(WeightDecay.decoupled());
  }

  @Override
  public List<String> states() {
    return Moments.STATES;
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Moments moments = Moments.next(state, gradient, context);
    return Update.of(
        moments.stepFrom(WeightDecay.shrunk(parameter, context), context),
        moments.mean(),
        moments.squares());
  }
}
