package org.charrnn.interchange;

import static org.charrnn.api.ParameterSpec.weight;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Tensor;

/** A broken cell, which writes another formula each time, so that no export of it is right. */
public final class FickleCell implements Cell {

  static final String NAME = "test-fickle";

  private static final AtomicInteger STEPS = new AtomicInteger();

  /** For ServiceLoader. */
  public FickleCell() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
    return List.of(weight("W", inputSize, hiddenSize));
  }

  @Override
  public List<Tensor> step(Tensor x, List<Tensor> state, Weights p) {
    Tensor h = state.getFirst();
    return List.of(x.matmul(p.get("W")).plus(h.times(0.1 * STEPS.incrementAndGet())).tanh());
  }
}
