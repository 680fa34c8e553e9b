package org.charrnn.api.discovery;

import java.util.List;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Tensor;

/**
 * An optimizer whose contract is checked at each call.
 *
 * @param guard reports its faults
 * @param optimizer the optimizer
 */
record GuardedOptimizer(Guard guard, Optimizer optimizer) implements Optimizer {

  @Override
  public String name() {
    return guard.name();
  }

  @Override
  public List<Hyperparameter> hyperparameters() {
    List<Hyperparameter> all = guard.list("hyperparameters", optimizer::hyperparameters);
    guard.requireNames("hyperparameters", all.stream().map(Hyperparameter::name).toList());
    return all;
  }

  /** An exception about the values of the user passes. */
  @Override
  public void check(Hyperparameters hyperparameters) {
    guard.run(
        "check",
        () -> optimizer.check(hyperparameters),
        e -> e instanceof IllegalArgumentException);
  }

  @Override
  public double defaultLearningRate() {
    double rate = guard.call("defaultLearningRate", optimizer::defaultLearningRate);
    guard.require(
        (float) rate > 0 && Float.isFinite((float) rate),
        () -> "defaultLearningRate returned " + rate + ", expected a positive number");
    return rate;
  }

  @Override
  public List<String> states() {
    List<String> states = guard.list("states", optimizer::states);
    guard.requireNames("states", states);
    return states;
  }

  @Override
  public Update update(
      Tensor parameter, Tensor gradient, List<Tensor> state, UpdateContext context) {
    Update update =
        guard.call("update", () -> optimizer.update(parameter, gradient, state, context));
    Tensor updated = guard.call("update", update::parameter);
    List<Tensor> next = guard.list("update", update::state);
    guard.requireShape("update", parameter, updated);
    guard.requireShapes("update", state, next);
    return new Update(updated, next);
  }
}
