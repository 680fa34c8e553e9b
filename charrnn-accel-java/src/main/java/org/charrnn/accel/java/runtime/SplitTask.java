package org.charrnn.accel.java.runtime;

import org.charrnn.accel.java.team.Work;
import org.charrnn.accel.java.team.WorkerTeam;

/** A task whose work a team of threads splits, if that pays. */
public abstract class SplitTask implements Task, Work {

  private final WorkerTeam team;
  private final boolean split;

  /** The iteration of the surrounding loop that is running. */
  protected int t;

  /** A task that is split among the workers of {@code team} if {@code split}. */
  protected SplitTask(WorkerTeam team, boolean split) {
    this.team = team;
    this.split = split;
  }

  @Override
  public void run(int t) {
    this.t = t;
    team.run(this, split);
  }

  /** The number of parts in which the work is done. */
  protected final int parts() {
    return split ? team.size() : 1;
  }
}
