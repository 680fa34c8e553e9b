package org.charrnn.accel.java.vector;

import java.util.List;
import org.charrnn.accel.java.team.Team;

/**
 * A loop over time: what stays the same is packed, then the body runs once for each step. It is one
 * body whose kernels are shared out, or one for each thread.
 */
final class LoopStep implements Step, Team.Task {

  private final int steps;
  private final boolean reverse;
  private final Step[][] bodies;
  private final PackedRight[] packed;
  private final Workers workers;

  LoopStep(
      int steps,
      boolean reverse,
      List<List<Step>> bodies,
      List<PackedRight> packed,
      Workers workers) {
    this.steps = steps;
    this.reverse = reverse;
    this.bodies = bodies.stream().map(body -> body.toArray(Step[]::new)).toArray(Step[][]::new);
    this.packed = packed.toArray(PackedRight[]::new);
    this.workers = workers;
  }

  @Override
  public void run(int ignored) {
    for (PackedRight operand : packed) {
      operand.pack(workers);
    }
    workers.run(this, bodies.length > 1);
  }

  @Override
  public void run(int part, int parts) {
    for (int i = 0; i < steps; i++) {
      int step = reverse ? steps - 1 - i : i;
      for (Step kernel : bodies[part]) {
        kernel.run(step);
      }
    }
  }
}
