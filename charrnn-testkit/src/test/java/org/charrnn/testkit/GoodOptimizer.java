package org.charrnn.testkit;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/** Divides by the root of the sum of squares; the broken ones each differ from it in one thing. */
public class GoodOptimizer implements Optimizer {

  @Override
  public String name() {
    return "good";
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    return List.of(new Hyperparameter("epsilon", 1e-8, 1e-12, 1, "keeps first steps finite"));
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }

  @Override
  public List<String> states() {
    return List.of("squares");
  }

  @Override
  public Update update(Tensor parameter, Tensor gradient, List<Tensor> state, Step step) {
    Tensor squares = state.getFirst().plus(gradient.square());
    Tensor root = squares.plus(step.hyperparameters().get("epsilon")).sqrt();
    return Update.of(parameter.minus(step.learningRate().times(gradient).dividedBy(root)), squares);
  }
}
