package org.charrnn.accel.tornado.layout;

/**
 * A matrix in the memory of a device, row by row. At time step {@code t} of the surrounding loop it
 * starts at element {@code base + t * stride}.
 *
 * @param base the index of its first element at time step 0
 * @param stride the number of elements by which it moves in each time step; 0 outside of loops
 * @param rows the number of rows
 * @param columns the number of columns
 */
public record DeviceMatrix(int base, int stride, int rows, int columns) {

  /** No matrix: for an operand that a kernel does not use. */
  public static final DeviceMatrix NONE = new DeviceMatrix(0, 0, 0, 0);

  /** A matrix of the given size that does not move. */
  public static DeviceMatrix fixed(int base, int rows, int columns) {
    return new DeviceMatrix(base, 0, rows, columns);
  }

  /** The number of elements. */
  public int elements() {
    return rows * columns;
  }
}
