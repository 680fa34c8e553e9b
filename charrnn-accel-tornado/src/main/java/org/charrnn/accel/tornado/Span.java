package org.charrnn.accel.tornado;

/**
 * A matrix in the memory of a device. At step {@code t} of the surrounding loop it begins at
 * element {@code base + t * step}.
 *
 * @param base its first element, at step 0
 * @param step by how many elements it moves from step to step; 0 outside of loops
 * @param rows its rows
 * @param columns its columns
 */
record Span(int base, int step, int rows, int columns) {

  int elements() {
    return rows * columns;
  }

  /** A matrix of the given size that does not move. */
  static Span fixed(int base, int rows, int columns) {
    return new Span(base, 0, rows, columns);
  }
}
