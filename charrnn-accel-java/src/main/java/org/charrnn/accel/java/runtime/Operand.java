package org.charrnn.accel.java.runtime;

import org.charrnn.graph.program.Slot;

/**
 * An operand or result of an instruction: some rows of a matrix, which move with the iterations
 * {@code t} of a loop.
 */
public final class Operand {

  private final Matrix matrix;
  private final Slot slot;
  private final int firstRow; // in iteration 0
  private final int stride; // from one iteration to the next
  private final int rows;
  private final int columns;

  Operand(Matrix matrix, Slot slot) {
    this.matrix = matrix;
    this.slot = slot;
    this.firstRow = slot.row();
    this.stride = slot.stride();
    this.rows = slot.rows();
    this.columns = slot.columns();
  }

  /** The whole matrix. */
  public Matrix matrix() {
    return matrix;
  }

  /** The rows of the matrix. */
  public Slot slot() {
    return slot;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** The number of elements. */
  public int elements() {
    return rows * columns;
  }

  /** The array that contains a row. */
  public float[] array(int row, int t) {
    return matrix.array(firstRow + t * stride + row);
  }

  /** The index of the first element of a row in its array. */
  public int start(int row, int t) {
    return matrix.start(firstRow + t * stride + row);
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
    return (firstRow + t * stride) * columns;
  }

  /** The element at {@code index}, counted row by row. */
  public float get(int index, int t) {
    int row = index / columns;
    return array(row, t)[start(row, t) + index % columns];
  }

  /** Sets the element at {@code index}, counted row by row. */
  public void set(int index, int t, float value) {
    int row = index / columns;
    array(row, t)[start(row, t) + index % columns] = value;
  }
}
