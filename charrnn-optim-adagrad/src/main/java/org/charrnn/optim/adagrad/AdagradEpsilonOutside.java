package org.charrnn.optim.adagrad;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Adagrad with the epsilon outside the root, "adagrad-epsilon-outside", the formula of {@code
 * torch.optim.Adagrad}: {@code s += g^2; w -= rate * g / (sqrt(s) + epsilon)}.
 *
 * <p>The sum {@code s}, the state {@code squares}, has the shape of the parameter. The learning
 * rate is 0.005 by default, {@code epsilon} 1e-8, in [1e-30, 1].
 *
 * <p>Source: as {@link Adagrad}.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class AdagradEpsilonOutside implements Optimizer {

  /** For ServiceLoader. */
  public AdagradEpsilonOutside() {}

  @Override
  public String name() {
    return "adagrad-epsilon-outside";
  }

  @Override
  public double defaultLearningRate() {
    return 0.005;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(Adagrad.EPSILON);
  }

  @Override
  public List<String> states() {
    return List.of("squares");
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Tensor squares = state.getFirst().plus(gradient.square());
    Tensor divisor = squares.sqrt().plus(context.hyperparameters().get("epsilon"));
    return Update.of(
        parameter.minus(context.learningRate().times(gradient).dividedBy(divisor)), squares);
  }
}
