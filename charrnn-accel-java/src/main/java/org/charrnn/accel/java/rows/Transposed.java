package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.Work;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;

/**
 * A right operand that is stored transposed, {@code [n, k]}, as rows {@code [k][n]}, all or some of
 * them at a time.
 */
final class Transposed implements RowSource, Task, Work {

  private static final int ROWS = 64; // rows that are written at a time stay in the cache
  private static final int LINES = 8; // rows of the source that are read together

  private final Operand source;
  private final WorkerTeam team;
  private final float[][] rows;
  private int t;
  private int p;
  private int end;

  /**
   * Allocates the rows.
   *
   * @param depth the most rows that are needed at a time
   */
  Transposed(Operand source, int depth, WorkerTeam team) {
    this.source = source;
    this.team = team;
    this.rows = new float[depth][source.rows()];
  }

  float[][] rows() {
    return rows;
  }

  @Override
  public float[] row(int row, int t) {
    return rows[row];
  }

  @Override
  public void run(int t) {
    transpose(t, 0, rows.length);
  }

  /** Transposes rows {@code p} to {@code end} of the operand, which become the first ones. */
  void transpose(int t, int p, int end) {
    this.t = t;
    this.p = p;
    this.end = end;
    team.run(this, Rate.TRANSPOSITION.isWorthSplitting((long) source.rows() * (end - p)));
  }

  @Override
  public void run(int worker, int workers) {
    int n = source.rows();
    int from = WorkSplit.start(n, worker, workers);
    int to = WorkSplit.start(n, worker + 1, workers);
    for (int q = p; q < end; q += ROWS) {
      int last = Math.min(end, q + ROWS);
      int j = from;
      for (; j + LINES <= to; j += LINES) {
        transposeLines(q, last, j);
      }
      for (; j < to; j++) {
        float[] line = source.array(j, t);
        for (int i = q; i < last; i++) {
          rows[i - p][j] = line[i];
        }
      }
    }
  }

  private void transposeLines(int from, int to, int j) {
    float[] line0 = source.array(j, t);
    float[] line1 = source.array(j + 1, t);
    float[] line2 = source.array(j + 2, t);
    float[] line3 = source.array(j + 3, t);
    float[] line4 = source.array(j + 4, t);
    float[] line5 = source.array(j + 5, t);
    float[] line6 = source.array(j + 6, t);
    float[] line7 = source.array(j + 7, t);
    for (int i = from; i < to; i++) {
      float[] row = rows[i - p];
      row[j] = line0[i];
      row[j + 1] = line1[i];
      row[j + 2] = line2[i];
      row[j + 3] = line3[i];
      row[j + 4] = line4[i];
      row[j + 5] = line5[i];
      row[j + 6] = line6[i];
      row[j + 7] = line7[i];
    }
  }
}
