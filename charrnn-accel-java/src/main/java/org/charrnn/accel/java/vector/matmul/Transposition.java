package org.charrnn.accel.java.vector.matmul;

/**
 * Transposes some lines of a matrix, as many as it was generated for, at most the lanes of a
 * vector.
 */
interface Transposition {

  /**
   * Copies element {@code (i, p)} to {@code target[targetOffset + p * width + i]}. With fewer lines
   * than lanes it also writes beyond the last element, up to a whole vector.
   *
   * @param lineStride from one line to the next in the source
   * @param k the elements of a line, a multiple of the lanes of a vector
   */
  void run(
      float[] source,
      int offset,
      int lineStride,
      int k,
      float[] target,
      int targetOffset,
      int width);
}
