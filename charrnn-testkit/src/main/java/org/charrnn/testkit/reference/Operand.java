package org.charrnn.testkit.reference;

import java.util.Arrays;

/** The rows of a buffer that a kernel reads or writes: a matrix inside an array. */
final class Operand {

  private final double[] floats; // empty for an I32 buffer
  private final int[] ints; // empty for an F32 buffer
  private final int start; // of the first row in the array
  private final int rows;
  private final int columns;

  Operand(double[] floats, int[] ints, int start, int rows, int columns) {
    this.floats = floats;
    this.ints = ints;
    this.start = start;
    this.rows = rows;
    this.columns = columns;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  int elements() {
    return rows * columns;
  }

  double get(int row, int column) {
    return floats[start + row * columns + column];
  }

  /** The element that is broadcast to {@code (row, column)} of a larger shape. */
  double broadcast(int row, int column) {
    return get(row % rows, columns == 1 ? 0 : column);
  }

  void set(int row, int column, double value) {
    floats[start + row * columns + column] = value;
  }

  double[] row(int row) {
    return Arrays.copyOfRange(floats, start + row * columns, start + (row + 1) * columns);
  }

  /** Copies a row from {@code values}, beginning at {@code offset}. */
  void setRow(int row, double[] values, int offset) {
    System.arraycopy(values, offset, floats, start + row * columns, columns);
  }

  void fill(double value) {
    Arrays.fill(floats, start, start + elements(), value);
  }

  /** The element at {@code index} in row-major order. */
  double flat(int index) {
    return floats[start + index];
  }

  void setFlat(int index, double value) {
    floats[start + index] = value;
  }

  int id(int index) {
    return ints[start + index];
  }

  void setId(int index, int id) {
    ints[start + index] = id;
  }
}
