package org.charrnn.accel.java.runtime;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.jspecify.annotations.Nullable;

/**
 * Softmax and cross entropy, row by row, so that a row is fetched from memory once: maximum,
 * exponentials, their sum, then the gradient. The team splits the rows.
 */
final class CrossEntropy extends SplitTask {

  private final Operand logits;
  private final Operand targets;
  private final @Nullable Operand upstream;
  private final @Nullable Operand loss;
  private final @Nullable Operand gradient;
  private final RowMath[] math; // of each worker
  private final float[][] exponentials; // of each worker, where no gradient stores them

  CrossEntropy(Operands.CrossEntropy<Operand> entropy, IntFunction<RowMath> math, WorkerTeam team) {
    super(team, Rate.SOFTMAX.isWorthSplitting(entropy.logits().elements()));
    this.logits = entropy.logits();
    this.targets = entropy.targets();
    this.upstream = entropy.upstream().orElse(null);
    this.loss = entropy.loss().orElse(null);
    this.gradient = entropy.gradient().orElse(null);
    this.math = new RowMath[parts()];
    Arrays.setAll(this.math, _ -> math.apply(logits.columns()));
    this.exponentials = new float[parts()][gradient == null ? logits.columns() : 0];
  }

  @Override
  public void run(int worker, int workers) {
    int end = WorkSplit.start(logits.rows(), worker + 1, workers);
    for (int row = WorkSplit.start(logits.rows(), worker, workers); row < end; row++) {
      int target = targets.ids()[targets.firstId(t) + row];
      float[] e = gradient == null ? exponentials[worker] : gradient.array(row, t);
      int start = gradient == null ? 0 : gradient.start(row, t);
      if (target < 0) {
        Arrays.fill(e, start, start + logits.columns(), 0);
        storeLoss(row, 0);
      } else {
        run(math[worker], row, target, e, start);
      }
    }
  }

  /** One row, with the exponentials and then the gradient in {@code e} from {@code start} on. */
  private void run(RowMath math, int row, int target, float[] e, int start) {
    int columns = logits.columns();
    float[] x = logits.array(row, t);
    int from = logits.start(row, t);
    float score = x[from + target];
    float maximum = math.maximum(x, from, columns);
    math.exp(x, from, maximum, e, start, columns);
    double sum = math.sum(e, start, columns);
    storeLoss(row, (float) (Math.log(sum) + ((double) maximum - score)));
    if (upstream != null) {
      float scale = upstream.get(upstream.elements() == 1 ? 0 : row, t);
      math.scale(e, start, columns, (float) (scale / sum));
      e[start + target] -= scale;
    }
  }

  private void storeLoss(int row, float value) {
    if (loss != null) {
      loss.set(row, t, value);
    }
  }
}
