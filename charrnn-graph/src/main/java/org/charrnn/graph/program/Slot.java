package org.charrnn.graph.program;

/**
 * The rows of a buffer that an instruction reads or writes, over its whole width. Inside a loop
 * they begin at row {@code row + step * stride}.
 *
 * @param buffer the memory
 * @param row the first row, at step 0 of the loop
 * @param rows the number of rows
 * @param stride by how many rows the first row moves from one step of the loop to the next; 0
 *     outside of loops, and for what is the same in each step
 */
public record Slot(Buffer buffer, int row, int rows, int stride) {

  /**
   * The first row at the given step of the surrounding loop; {@code step} is 0 outside of loops.
   */
  public int firstRow(int step) {
    return row + step * stride;
  }

  /** The number of columns, those of the buffer. */
  public int columns() {
    return buffer.columns();
  }

  /** The number of elements. */
  public int elements() {
    return rows * columns();
  }

  /** The buffer, and the rows if they are not all of it, for example {@code t7[26, 100]@1+1t}. */
  @Override
  public String toString() {
    if (stride == 0 && row == 0 && rows == buffer.rows()) {
      return buffer.toString();
    }
    return buffer + "@" + row + (stride == 0 ? "" : "+" + stride + "t") + "x" + rows;
  }
}
