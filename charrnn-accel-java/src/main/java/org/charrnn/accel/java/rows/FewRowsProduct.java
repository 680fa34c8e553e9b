package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * A product of a few rows with a matrix that is read as it lies: each of its rows, times a number
 * of the left operand, is added to the result, four of them in one pass.
 *
 * <p>Each sum runs over {@code k} in order, whatever the number of threads, which share out columns
 * of the result.
 */
final class FewRowsProduct implements Step, Team.Task {

  /** Multiply-adds that take some ten times as long as handing a share to another thread. */
  private static final long WORTH_SHARING = 1 << 20;

  private final boolean transposedLeft;
  private final Operand left;
  private final Right right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final Team team;
  private final int k;
  private final boolean shared;
  private int time;

  FewRowsProduct(boolean transposedLeft, List<Operand> in, Right right, Operand result, Team team) {
    this.transposedLeft = transposedLeft;
    this.left = in.getFirst();
    this.right = right;
    this.addend = in.size() > 2 ? in.get(2) : null;
    this.result = result;
    this.team = team;
    this.k = transposedLeft ? left.rows() : left.columns();
    this.shared = (long) result.elements() * k >= WORTH_SHARING;
  }

  @Override
  public void run(int time) {
    this.time = time;
    if (shared) {
      team.run(this);
    } else {
      run(0, 1);
    }
  }

  @Override
  public void run(int part, int parts) {
    int columns = result.columns();
    int from = columns * part / parts;
    int to = columns * (part + 1) / parts;
    for (int row = 0; row < result.rows(); row++) {
      begin(row, from, to);
      multiply(row, from, to);
    }
  }

  private void begin(int row, int from, int to) {
    float[] c = result.floats()[result.first(time) + row];
    Operand terms = addend;
    if (terms == null) {
      Arrays.fill(c, from, to, 0);
    } else {
      System.arraycopy(terms.repeated(row, time), from, c, from, to - from);
    }
  }

  private void multiply(int row, int from, int to) {
    float[] c = result.floats()[result.first(time) + row];
    float[][] b = right.rows();
    int first = right.first(time);
    int p = 0;
    for (; p + 3 < k; p += 4) {
      addFour(
          c,
          b[first + p],
          b[first + p + 1],
          b[first + p + 2],
          b[first + p + 3],
          left(row, p),
          left(row, p + 1),
          left(row, p + 2),
          left(row, p + 3),
          from,
          to);
    }
    for (; p < k; p++) {
      addOne(c, b[first + p], left(row, p), from, to);
    }
  }

  private float left(int row, int p) {
    float[][] a = left.floats();
    int first = left.first(time);
    return transposedLeft ? a[first + p][row] : a[first + row][p];
  }

  private static void addFour(
      float[] c,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float a0,
      float a1,
      float a2,
      float a3,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  private static void addOne(float[] c, float[] b, float a, int from, int to) {
    for (int j = from; j < to; j++) {
      c[j] += a * b[j];
    }
  }
}
