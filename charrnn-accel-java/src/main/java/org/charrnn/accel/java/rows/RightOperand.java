package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.team.Team;

/** Where a product takes rows of its right operand, {@code [k, n]}, from. */
interface RightOperand {

  /** Makes rows {@code p} to {@code end} ready, before threads {@link #fetch} them. */
  void prepare(int time, int p, int end);

  /**
   * Copies columns of some rows.
   *
   * @param p the first row
   * @param end beyond the last row, all of which were made ready
   * @param column the first of {@code columns} columns
   * @param targets receives row {@code p + i} in array {@code i / terms}, there as row {@code i %
   *     terms}, from element {@code at} of the row on
   */
  void fetch(int p, int end, int column, int columns, float[][] targets, int at, int terms);

  /** Rows that lie in memory. */
  static RightOperand rows(Right right) {
    return new RightOperand() {
      private int first;

      @Override
      public void prepare(int time, int p, int end) {
        first = right.first(time);
      }

      @Override
      public void fetch(
          int p, int end, int column, int columns, float[][] targets, int at, int terms) {
        copy(right.rows(), first + p, end - p, column, columns, targets, at, terms);
      }
    };
  }

  /** Columns that lie in memory as rows, for a product of many rows: some at a time are turned. */
  static RightOperand turned(Operand source, int depth, Team team) {
    Transposed transposed = new Transposed(source, depth, team);
    return new RightOperand() {
      private int ready;

      @Override
      public void prepare(int time, int p, int end) {
        ready = p;
        transposed.turn(time, p, end);
      }

      @Override
      public void fetch(
          int p, int end, int column, int columns, float[][] targets, int at, int terms) {
        copy(transposed.rows(), p - ready, end - p, column, columns, targets, at, terms);
      }
    };
  }

  private static void copy(
      float[][] rows,
      int first,
      int count,
      int column,
      int columns,
      float[][] targets,
      int at,
      int terms) {
    for (int i = 0; i < count; i++) {
      int to = i % terms * Tile.STRIDE + at;
      System.arraycopy(rows[first + i], column, targets[i / terms], to, columns);
    }
  }
}
