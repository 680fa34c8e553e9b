package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.team.Team;

/**
 * A right operand that is stored transposed, {@code [n, k]}, turned into rows {@code [k][n]}, all
 * or some of them at a time.
 */
final class Transposed implements Right, Step, Team.Task {

  /** Elements that take some ten times as long to turn as handing a share to another thread. */
  private static final int WORTH_SHARING = 1 << 17;

  private static final int ROWS = 64; // rows that are written at a time stay in the cache
  private static final int LINES = 8; // lines of the source that are read side by side

  private final Operand source;
  private final Team team;
  private final float[][] turned;
  private int first;
  private int p;
  private int end;

  /**
   * Makes room.
   *
   * @param depth the most rows that are turned at a time
   */
  Transposed(Operand source, int depth, Team team) {
    this.source = source;
    this.team = team;
    this.turned = new float[depth][source.rows()];
  }

  @Override
  public float[][] rows() {
    return turned;
  }

  @Override
  public int first(int time) {
    return 0;
  }

  @Override
  public void run(int time) {
    turn(time, 0, turned.length);
  }

  /** Turns rows {@code p} to {@code end} of the operand, which become the first ones. */
  void turn(int time, int p, int end) {
    this.first = source.first(time);
    this.p = p;
    this.end = end;
    team.run(this, (long) source.rows() * (end - p) >= WORTH_SHARING);
  }

  @Override
  public void run(int part, int parts) {
    int n = source.rows();
    int from = n * part / parts;
    int to = n * (part + 1) / parts;
    for (int q = p; q < end; q += ROWS) {
      int last = Math.min(end, q + ROWS);
      int j = from;
      for (; j + LINES <= to; j += LINES) {
        turnLines(q, last, j);
      }
      for (; j < to; j++) {
        float[] line = source.floats()[first + j];
        for (int i = q; i < last; i++) {
          turned[i - p][j] = line[i];
        }
      }
    }
  }

  private void turnLines(int from, int to, int j) {
    float[][] lines = source.floats();
    int line = first + j;
    float[] line0 = lines[line];
    float[] line1 = lines[line + 1];
    float[] line2 = lines[line + 2];
    float[] line3 = lines[line + 3];
    float[] line4 = lines[line + 4];
    float[] line5 = lines[line + 5];
    float[] line6 = lines[line + 6];
    float[] line7 = lines[line + 7];
    for (int i = from; i < to; i++) {
      float[] row = turned[i - p];
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
