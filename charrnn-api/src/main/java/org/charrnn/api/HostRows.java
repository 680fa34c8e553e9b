package org.charrnn.api;

/**
 * The rows of a memory of floats that is on the host, so that each can be read and written by
 * itself.
 *
 * <p><b>Thread safety.</b> As for the session; but any number of threads may read, while no program
 * runs and nothing is written.
 */
public interface HostRows {

  /**
   * Copies a row into {@code values}.
   *
   * @param row the index of the row, from 0
   * @param values an array with as many elements as the shape has columns
   * @throws IllegalArgumentException if there is no such row or the array has another length
   * @throws IllegalStateException after the session was closed
   */
  void read(int row, float[] values);

  /**
   * Copies {@code values} into a row.
   *
   * @param row the index of the row, from 0
   * @param values an array with as many elements as the shape has columns
   * @throws IllegalArgumentException if there is no such row or the array has another length
   * @throws IllegalStateException after the session was closed
   */
  void write(int row, float[] values);
}
