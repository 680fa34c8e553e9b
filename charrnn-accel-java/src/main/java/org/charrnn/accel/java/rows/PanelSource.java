package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.team.WorkerTeam;

/** Provides a product with panels of its right operand, {@code [k, n]}: columns of some rows. */
interface PanelSource {

  /** Prepares rows {@code p} to {@code end}, before workers {@link #fetch} them. */
  void prepare(int t, int p, int end);

  /**
   * Copies columns of some rows.
   *
   * @param p the first row
   * @param end after the last row; all of them are prepared
   * @param column the first of {@code columns} columns
   * @param targets receives row {@code p + i} in array {@code i / terms}, there as row {@code i %
   *     terms}, from element {@code at} of the row on
   */
  void fetch(int p, int end, int column, int columns, float[][] targets, int at, int terms);

  /** Rows that are in memory. */
  static PanelSource rows(RowSource right) {
    return new PanelSource() {
      private int t;

      @Override
      public void prepare(int t, int p, int end) {
        this.t = t;
      }

      @Override
      public void fetch(
          int p, int end, int column, int columns, float[][] targets, int at, int terms) {
        for (int i = 0; i < end - p; i++) {
          int to = i % terms * RowTile.STRIDE + at;
          System.arraycopy(right.row(p + i, t), column, targets[i / terms], to, columns);
        }
      }
    };
  }

  /** A transposed operand, for a product of many rows: some rows at a time are transposed. */
  static PanelSource transposed(Operand source, int depth, WorkerTeam team) {
    Transposed transposed = new Transposed(source, depth, team);
    PanelSource rows = rows(transposed);
    return new PanelSource() {
      private int first;

      @Override
      public void prepare(int t, int p, int end) {
        first = p;
        transposed.transpose(t, p, end);
      }

      @Override
      public void fetch(
          int p, int end, int column, int columns, float[][] targets, int at, int terms) {
        rows.fetch(p - first, end - first, column, columns, targets, at, terms);
      }
    };
  }
}
