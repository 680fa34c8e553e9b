package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * Softmax and cross entropy, row by row: maximum, exponentials, their sum, then the gradient.
 * Threads share out rows.
 */
final class CrossEntropyStep implements Step, Team.Task {

  private static final long WORTH_SHARING = 1 << 15;

  private final Operand logits;
  private final Operand targets;
  private final @Nullable Operand upstream;
  private final @Nullable Operand loss;
  private final @Nullable Operand gradient;
  private final float[][] exponentials; // of each thread, where there is no gradient to hold them
  private final Functions[] functions; // of each thread
  private final Team team;
  private final boolean shared;
  private int time;

  CrossEntropyStep(boolean loss, boolean gradient, List<Operand> in, List<Operand> out, Team team) {
    this.logits = in.get(0);
    this.targets = in.get(1);
    this.upstream = gradient ? in.get(2) : null;
    this.loss = loss ? out.getFirst() : null;
    this.gradient = gradient ? out.getLast() : null;
    this.team = team;
    this.exponentials = new float[team.size()][gradient ? 0 : logits.columns()];
    this.functions = new Functions[team.size()];
    Arrays.setAll(functions, _ -> new Functions(logits.columns()));
    this.shared = logits.elements() >= WORTH_SHARING;
  }

  @Override
  public void run(int time) {
    this.time = time;
    team.run(this, shared);
  }

  @Override
  public void run(int part, int parts) {
    int end = (int) ((long) logits.rows() * (part + 1) / parts);
    for (int row = (int) ((long) logits.rows() * part / parts); row < end; row++) {
      int target = targets.ids()[targets.firstId(time) + row];
      float[] x = logits.floats()[logits.first(time) + row];
      float[] e =
          gradient == null ? exponentials[part] : gradient.floats()[gradient.first(time) + row];
      if (target < 0) {
        Arrays.fill(e, 0);
        store(loss, row, 0);
      } else {
        row(functions[part], x, e, row, target);
      }
    }
  }

  private void row(Functions functions, float[] x, float[] e, int row, int target) {
    float score = x[target];
    float maximum = functions.maximum(x);
    functions.exp(x, maximum, e, 0, x.length);
    double sum = sum(e);
    store(loss, row, (float) (Math.log(sum) + ((double) maximum - score)));
    if (upstream != null) {
      float scale = at(upstream, upstream.elements() == 1 ? 0 : row);
      float factor = (float) (scale / sum);
      for (int j = 0; j < e.length; j++) {
        e[j] *= factor;
      }
      e[target] -= scale;
    }
  }

  /** Four sums in turn, so that additions need not wait for one another. */
  static double sum(float[] x) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 7 < x.length; j += 8) {
      a += x[j] + x[j + 1];
      b += x[j + 2] + x[j + 3];
      c += x[j + 4] + x[j + 5];
      d += x[j + 6] + x[j + 7];
    }
    for (; j < x.length; j++) {
      a += x[j];
    }
    return (a + b) + (c + d);
  }

  private float at(Operand operand, int index) {
    return operand
        .floats()[operand.first(time) + index / operand.columns()][index % operand.columns()];
  }

  private void store(@Nullable Operand operand, int index, float value) {
    if (operand != null) {
      operand.floats()[operand.first(time) + index / operand.columns()][index % operand.columns()] =
          value;
    }
  }
}
