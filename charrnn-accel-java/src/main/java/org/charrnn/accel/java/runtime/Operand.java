package org.charrnn.accel.java.runtime;

import org.charrnn.graph.program.Slot;

/**
 * An operand or result of an instruction: some rows of a matrix, which move with the iterations
 * {@code t} of a loop.
 *
 * @param matrix the whole matrix
 * @param slot which of its rows
 */
public record Operand(Matrix matrix, Slot slot) {

  /** The number of rows. */
  public int rows() {
    return slot.rows();
  }

  /** The number of columns. */
  public int columns() {
    return slot.columns();
  }

  /** The number of elements. */
  public int elements() {
    return slot.elements();
  }

  /** The array that contains a row. */
  public float[] array(int row, int t) {
    return matrix.array(slot.firstRow(t) + row);
  }

  /** The index of the first element of a row in its array. */
  public int start(int row, int t) {
    return matrix.start(slot.firstRow(t) + row);
  }

  /** The array that contains the first row, and all rows if they are contiguous. */
  public float[] array(int t) {
    return array(0, t);
  }

  /** The index of the first element in its array. */
  public int start(int t) {
    return start(0, t);
  }

  /** The integers of the whole matrix. */
  public int[] ids() {
    return matrix.ids();
  }

  /** The index of the first element among the integers. */
  public int firstId(int t) {
    return slot.firstRow(t) * slot.columns();
  }

  /** The element at {@code index}, counted row by row. */
  public float get(int index, int t) {
    int row = index / columns();
    return array(row, t)[start(row, t) + index % columns()];
  }

  /** Sets the element at {@code index}, counted row by row. */
  public void set(int index, int t, float value) {
    int row = index / columns();
    array(row, t)[start(row, t) + index % columns()] = value;
  }
}
