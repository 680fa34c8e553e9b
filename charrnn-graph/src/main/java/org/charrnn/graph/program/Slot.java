package org.charrnn.graph.program;

/**
 * The rows of a buffer that an instruction reads or writes, in full width. In step {@code t} of a
 * loop they start at row {@code row + t * stride}.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param buffer the memory
 * @param row the first row, in step 0 of the loop, from 0
 * @param rows the number of rows, at least 1
 * @param stride the number of rows by which the first row moves from one step of the loop to the
 *     next; 0 outside of loops and for slots that do not move
 */
public record Slot(Buffer buffer, int row, int rows, int stride) {

  /**
   * {@return the first row in step {@code t} of the surrounding loop; {@code t} is 0 outside of
   * loops}
   *
   * @param t the time step
   */
  public int firstRow(int t) {
    return row + t * stride;
  }

  /** {@return the number of columns of the buffer} */
  public int columns() {
    return buffer.columns();
  }

  /** {@return the number of elements} */
  public int elements() {
    return rows * columns();
  }

  /**
   * {@return the buffer and, unless they are all, its rows, for example {@code t7[26, 100]@1+1tx1}}
   */
  @Override
  public String toString() {
    if (stride == 0 && row == 0 && rows == buffer.rows()) {
      return buffer.toString();
    }
    return buffer + "@" + row + (stride == 0 ? "" : "+" + stride + "t") + "x" + rows;
  }
}
