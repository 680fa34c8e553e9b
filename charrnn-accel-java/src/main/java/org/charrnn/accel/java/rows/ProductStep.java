package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product: rows of the right operand, times numbers of the left one, are added to rows of
 * the result, three of them to two rows in one pass. The right operand is cut into blocks that stay
 * in the second-level cache.
 *
 * <p>Each sum runs over {@code k} in order, whatever the blocks and the number of threads, which
 * share out rows of the result if there are many, else columns.
 */
final class ProductStep implements Step, Team.Task {

  /** Multiply-adds that take some ten times as long as handing a share to another thread. */
  private static final long WORTH_SHARING = 1 << 20;

  private static final int BLOCK_COLUMNS = 512;
  private static final int BLOCK_DEPTH = 126; // a multiple of 3, the rows that are added at a time

  private final boolean transposedLeft;
  private final Operand left;
  private final Right right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final Team team;
  private final int k;
  private final boolean shared;
  private int time;

  ProductStep(boolean transposedLeft, List<Operand> in, Right right, Operand result, Team team) {
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
    int rows = result.rows();
    int columns = result.columns();
    if (rows >= 8 * parts) {
      int pairs = (rows + 1) / 2; // whole pairs, which are computed together
      multiply(
          Math.min(rows, pairs * part / parts * 2),
          Math.min(rows, pairs * (part + 1) / parts * 2),
          0,
          columns);
    } else {
      multiply(0, rows, columns * part / parts, columns * (part + 1) / parts);
    }
  }

  private void multiply(int firstRow, int endRow, int firstColumn, int endColumn) {
    for (int row = firstRow; row < endRow; row++) {
      begin(row, firstColumn, endColumn);
    }
    for (int column = firstColumn; column < endColumn; column += BLOCK_COLUMNS) {
      int columnEnd = Math.min(endColumn, column + BLOCK_COLUMNS);
      for (int p = 0; p < k; p += BLOCK_DEPTH) {
        multiplyBlock(firstRow, endRow, column, columnEnd, p, Math.min(k, p + BLOCK_DEPTH));
      }
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

  private void multiplyBlock(int firstRow, int endRow, int from, int to, int p, int end) {
    float[][] b = right.rows();
    int first = right.first(time);
    float[][] c = result.floats();
    int target = result.first(time);
    int row = firstRow;
    for (; row + 1 < endRow; row += 2) {
      float[] c0 = c[target + row];
      float[] c1 = c[target + row + 1];
      int q = p;
      for (; q + 2 < end; q += 3) {
        addThree(
            c0,
            c1,
            b[first + q],
            b[first + q + 1],
            b[first + q + 2],
            left(row, q),
            left(row, q + 1),
            left(row, q + 2),
            left(row + 1, q),
            left(row + 1, q + 1),
            left(row + 1, q + 2),
            from,
            to);
      }
      for (; q < end; q++) {
        addOne(c0, b[first + q], left(row, q), from, to);
        addOne(c1, b[first + q], left(row + 1, q), from, to);
      }
    }
    if (row < endRow) {
      lastRow(c[target + row], b, first, row, from, to, p, end);
    }
  }

  private void lastRow(
      float[] c, float[][] b, int first, int row, int from, int to, int p, int end) {
    int q = p;
    for (; q + 3 < end; q += 4) {
      addFour(
          c,
          b[first + q],
          b[first + q + 1],
          b[first + q + 2],
          b[first + q + 3],
          left(row, q),
          left(row, q + 1),
          left(row, q + 2),
          left(row, q + 3),
          from,
          to);
    }
    for (; q < end; q++) {
      addOne(c, b[first + q], left(row, q), from, to);
    }
  }

  private float left(int row, int p) {
    float[][] a = left.floats();
    int first = left.first(time);
    return transposedLeft ? a[first + p][row] : a[first + row][p];
  }

  /**
   * Three rows of the right operand, added to two of the result. With four, C2 has more arrays than
   * it vectorises for; the check before the loop and the stores at its end are what makes it
   * vectorise reliably.
   */
  private static void addThree(
      float[] c0,
      float[] c1,
      float[] b0,
      float[] b1,
      float[] b2,
      float a00,
      float a01,
      float a02,
      float a10,
      float a11,
      float a12,
      int from,
      int to) {
    if (from < 0
        || to > c0.length
        || to > c1.length
        || to > b0.length
        || to > b1.length
        || to > b2.length) {
      throw new IndexOutOfBoundsException("columns %d to %d".formatted(from, to));
    }
    for (int j = from; j < to; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      float x2 = b2[j];
      float s = c0[j];
      float t = c1[j];
      s = s + a00 * x0 + a01 * x1 + a02 * x2;
      t = t + a10 * x0 + a11 * x1 + a12 * x2;
      c0[j] = s;
      c1[j] = t;
    }
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
