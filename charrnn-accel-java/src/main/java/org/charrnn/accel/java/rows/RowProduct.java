package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * A product of a single row with a matrix that is read as it lies: its rows, times numbers of the
 * left operand, are added to the result, as many in one pass as a {@link Tile} has terms.
 *
 * <p>Each sum runs over {@code k} in order, whatever the number of threads, which share out columns
 * of the result.
 */
final class RowProduct implements Step, Team.Task {

  /** Multiply-adds that take some ten times as long as handing a share to another thread. */
  private static final long WORTH_SHARING = 1 << 20;

  private final boolean transposedLeft;
  private final Operand left;
  private final Right right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final Tile tile;
  private final Team team;
  private final float[][][] lines; // of each thread, rows of the right operand
  private final float[][] factors; // and the numbers that they are multiplied with
  private final float[] zeros; // in the place of rows that are missing in the last pass
  private final int k;
  private final boolean shared;
  private int time;

  RowProduct(
      boolean transposedLeft, List<Operand> in, Right right, Operand result, Tile tile, Team team) {
    this.transposedLeft = transposedLeft;
    this.left = in.getFirst();
    this.right = right;
    this.addend = in.size() > 2 ? in.get(2) : null;
    this.result = result;
    this.tile = tile;
    this.team = team;
    this.lines = new float[team.size()][tile.terms()][];
    this.factors = new float[team.size()][tile.terms()];
    this.zeros = new float[result.columns()];
    this.k = transposedLeft ? left.rows() : left.columns();
    this.shared = (long) result.elements() * k >= WORTH_SHARING;
  }

  @Override
  public void run(int time) {
    this.time = time;
    team.run(this, shared);
  }

  @Override
  public void run(int part, int parts) {
    int columns = result.columns();
    int from = columns * part / parts;
    int to = columns * (part + 1) / parts;
    float[] c = result.floats()[result.first(time)];
    if (addend == null) {
      Arrays.fill(c, from, to, 0);
    } else {
      System.arraycopy(addend.repeated(0, time), from, c, from, to - from);
    }
    multiply(part, c, from, to);
  }

  private void multiply(int part, float[] c, int from, int to) {
    float[][] b = right.rows();
    int first = right.first(time);
    float[][] rows = lines[part];
    float[] numbers = factors[part];
    for (int p = 0; p < k; p += numbers.length) {
      for (int t = 0; t < numbers.length; t++) {
        boolean missing = p + t >= k;
        rows[t] = missing ? zeros : b[first + p + t];
        numbers[t] = missing ? 0 : left(p + t);
      }
      tile.multiplyRow(c, rows, numbers, from, to);
    }
  }

  private float left(int p) {
    float[][] a = left.floats();
    int first = left.first(time);
    return transposedLeft ? a[first + p][0] : a[first][p];
  }
}
