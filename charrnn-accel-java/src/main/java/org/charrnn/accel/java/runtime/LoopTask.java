package org.charrnn.accel.java.runtime;

import java.util.List;
import org.charrnn.accel.java.team.WorkerTeam;

/**
 * A loop over time. It has one body, whose tasks are split, or a body for each worker of a team,
 * which then runs all iterations without waiting for the others.
 */
public final class LoopTask extends SplitTask {

  private final int iterations;
  private final boolean reverse;
  private final Task[][] bodies;

  /**
   * Prepares a loop.
   *
   * @param reverse whether from the last iteration to the first
   * @param bodies one, or one for each worker
   */
  public LoopTask(int iterations, boolean reverse, List<List<Task>> bodies, WorkerTeam team) {
    super(team, bodies.size() > 1);
    this.iterations = iterations;
    this.reverse = reverse;
    this.bodies = bodies.stream().map(body -> body.toArray(Task[]::new)).toArray(Task[][]::new);
  }

  @Override
  public void run(int worker, int workers) {
    for (int i = 0; i < iterations; i++) {
      int iteration = reverse ? iterations - 1 - i : i;
      for (Task task : bodies[worker]) {
        task.run(iteration);
      }
    }
  }
}
