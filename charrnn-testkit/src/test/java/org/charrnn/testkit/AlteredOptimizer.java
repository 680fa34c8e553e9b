package org.charrnn.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;
import org.charrnn.testkit.cases.AdaptiveOptimizer;

/** The adaptive optimizer, or one that differs from it in a single respect. */
public record AlteredOptimizer(
    double defaultLearningRate,
    List<Hyperparameter> hyperparameters,
    List<String> states,
    Formula formula)
    implements Optimizer {

  private static final Optimizer SAMPLE = new AdaptiveOptimizer();

  interface Formula {
    Update update(Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context);
  }

  /** The optimizer without a change; it keeps the contract. */
  public AlteredOptimizer() {
    this(SAMPLE.defaultLearningRate(), SAMPLE.hyperparameters(), SAMPLE.states(), SAMPLE::update);
  }

  static Optimizer withUpdate(Formula formula) {
    return new AlteredOptimizer(
        SAMPLE.defaultLearningRate(), SAMPLE.hyperparameters(), SAMPLE.states(), formula);
  }

  static Optimizer withDeclarations(
      double learningRate, List<String> states, Hyperparameter... further) {
    List<Hyperparameter> all =
        Stream.concat(SAMPLE.hyperparameters().stream(), Arrays.stream(further)).toList();
    return new AlteredOptimizer(learningRate, all, states, SAMPLE::update);
  }

  @Override
  public String name() {
    return SAMPLE.name();
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    return formula.update(parameter, gradient, state, context);
  }
}
