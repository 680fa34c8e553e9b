package org.charrnn.optim.adagrad;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * Adagrad with the epsilon inside the root, "adagrad": {@code s += g^2; w -= rate * g / sqrt(s +
 * epsilon)}.
 *
 * <p>The sum {@code s}, the state {@code squares}, has the shape of the parameter. The learning
 * rate is 0.005 by default, {@code epsilon} 1e-8, in [1e-30, 1].
 *
 * <p>Source: Duchi, Hazan, Singer, "Adaptive Subgradient Methods for Online Learning and Stochastic
 * Optimization", JMLR 12, 2011, diagonal case. {@link AdagradEpsilonOutside} has the epsilon where
 * PyTorch has it.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class Adagrad implements Optimizer {

  static final Hyperparameter EPSILON =
      new Hyperparameter("epsilon", 1e-8, 1e-30, 1, "keeps the first steps of a parameter finite");

  /** For ServiceLoader. */
  public Adagrad() {}

  @Override
  public String name() {
    return "adagrad";
  }

  @Override
  public double defaultLearningRate() {
    return 0.005;
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(EPSILON);
  }

  @Override
  public List<String> states() {
    return List.of("squares");
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Tensor squares = state.getFirst().plus(gradient.square());
    Tensor root = squares.plus(context.hyperparameters().get("epsilon")).sqrt();
    return Update.of(
        parameter.minus(context.learningRate().times(gradient).dividedBy(root)), squares);
  }
}
