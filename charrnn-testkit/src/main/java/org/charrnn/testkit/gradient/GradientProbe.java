package org.charrnn.testkit.gradient;

import java.util.List;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * An optimizer that changes no parameter and stores each gradient as its state, {@code gradient},
 * where the caller of a training program can read it.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves every model at once.
 */
public final class GradientProbe implements Optimizer {

  /** A probe; it has no state of its own. */
  public GradientProbe() {}

  @Override
  public String name() {
    return "testkit-gradient-probe";
  }

  @Override
  public double defaultLearningRate() {
    return 0;
  }

  @Override
  public List<String> states() {
    return List.of("gradient");
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    return Update.of(parameter, gradient);
  }
}
