package org.charrnn.api.discovery;

import java.util.List;
import java.util.random.RandomGenerator;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/**
 * A cell whose contract is checked at each call.
 *
 * @param guard reports its faults
 * @param cell the cell
 */
record GuardedCell(Guard guard, Cell cell) implements Cell {

  @Override
  public String name() {
    return guard.name();
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    List<ParameterSpec> specs =
        guard.list("parameters", () -> cell.parameters(inputSize, hiddenSize));
    guard.requireNames("parameters", specs.stream().map(ParameterSpec::name).toList());
    return specs.stream().map(this::guarded).toList();
  }

  private ParameterSpec guarded(ParameterSpec spec) {
    return new ParameterSpec(
        spec.name(), spec.shape(), spec.kind(), (values, random) -> fill(spec, values, random));
  }

  private void fill(ParameterSpec spec, float[] values, RandomGenerator random) {
    String method = "the initializer of '" + spec.name() + "'";
    guard.run(method, () -> spec.initializer().fill(values, random));
    for (float value : values) {
      guard.require(Float.isFinite(value), () -> method + " returned " + value);
    }
  }

  @Override
  public List<String> states() {
    List<String> states = guard.list("states", cell::states);
    guard.require(!states.isEmpty(), () -> "it has no states");
    guard.requireNames("states", states);
    return states;
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
    List<Tensor> next = guard.list("step", () -> cell.step(x, state, weights));
    guard.requireShapes("step", state, next);
    return next;
  }
}
