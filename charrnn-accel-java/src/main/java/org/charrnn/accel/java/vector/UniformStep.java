package org.charrnn.accel.java.vector;

import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.CounterRandom;

/**
 * Random numbers, each a function of its place; C2 turns the plain loop into vectors. Threads share
 * out the elements.
 */
final class UniformStep implements Step, Team.Task {

  private static final int WORTH_SHARING = 1 << 15;

  private final int salt;
  private final View seed;
  private final View result;
  private final Workers workers;
  private int step;

  UniformStep(int salt, View seed, View result, Workers workers) {
    this.salt = salt;
    this.seed = seed;
    this.result = result;
    this.workers = workers;
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, result.elements() >= WORTH_SHARING);
  }

  @Override
  public void run(int part, int parts) {
    int number = seed.ids()[seed.offset(step)];
    float[] values = result.floats();
    int offset = result.offset(step);
    int end = (int) ((long) result.elements() * (part + 1) / parts);
    for (int i = (int) ((long) result.elements() * part / parts); i < end; i++) {
      values[offset + i] = CounterRandom.uniform(number, salt, i);
    }
  }
}
