package org.charrnn.accel.java.vector;

import java.util.List;

/** A loop over time: what stays the same is packed, then the body runs once for each step. */
final class LoopStep implements Step {

  private final int steps;
  private final boolean reverse;
  private final Step[] body;
  private final PackedRight[] packed;
  private final Workers workers;

  LoopStep(int steps, boolean reverse, List<Step> body, List<PackedRight> packed, Workers workers) {
    this.steps = steps;
    this.reverse = reverse;
    this.body = body.toArray(Step[]::new);
    this.packed = packed.toArray(PackedRight[]::new);
    this.workers = workers;
  }

  @Override
  public void run(int ignored) {
    for (PackedRight operand : packed) {
      operand.pack(workers);
    }
    for (int i = 0; i < steps; i++) {
      int step = reverse ? steps - 1 - i : i;
      for (Step kernel : body) {
        kernel.run(step);
      }
    }
  }
}
