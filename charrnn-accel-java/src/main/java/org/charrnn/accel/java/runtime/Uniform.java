package org.charrnn.accel.java.runtime;

import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.CounterRandom;
import org.charrnn.graph.Operands;

/** Random numbers, each a function of its index. C2 vectorizes the loop; the team splits rows. */
final class Uniform extends SplitTask {

  private final int salt;
  private final Operand seed;
  private final Operand result;

  Uniform(Operands.Uniform<Operand> uniform, WorkerTeam team) {
    super(team, Rate.RANDOM.isWorthSplitting(uniform.result().elements()));
    this.salt = uniform.salt();
    this.seed = uniform.seed();
    this.result = uniform.result();
  }

  @Override
  public void run(int worker, int workers) {
    int number = seed.ids()[seed.firstId(t)];
    int columns = result.columns();
    int end = WorkSplit.start(result.rows(), worker + 1, workers);
    for (int row = WorkSplit.start(result.rows(), worker, workers); row < end; row++) {
      fill(result.array(row, t), result.start(row, t), columns, number, row * columns);
    }
  }

  private void fill(float[] values, int start, int count, int number, int firstIndex) {
    for (int j = 0; j < count; j++) {
      values[start + j] = CounterRandom.uniform(number, salt, firstIndex + j);
    }
  }
}
