package org.charrnn.accel.java.vector;

/** Turns some lines of a matrix, as many as it was generated for and at most a vector has lanes. */
interface Transposition {

  /**
   * Copies element {@code (i, p)} to {@code target[targetOffset + p * width + i]}. Where there are
   * fewer lines than lanes it also writes behind the last element, up to a whole vector.
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
