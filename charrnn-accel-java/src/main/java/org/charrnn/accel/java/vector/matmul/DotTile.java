package org.charrnn.accel.java.vector.matmul;

/**
 * A block of a product {@code a * b^T} of matrices that are both stored with the summed index along
 * their rows, so that nothing has to be packed: each lane sums some of the terms, and the caller
 * adds the lanes.
 */
interface DotTile {

  /**
   * Sums one block.
   *
   * @param k the length of the sums without their last vector, a multiple of its lanes
   * @param a left operand, row {@code i} at {@code aOffset + i * aStride}
   * @param b right operand, row {@code j} at {@code bOffset + j * bStride}
   * @param aRest the last vector of each row of {@code a}, padded with zeros, consecutively
   * @param bRest the same of {@code b}
   * @param lanes receives the partial sums of element {@code (i, j)} at {@code (i * width + j) *
   *     lanes}
   */
  void run(
      int k,
      float[] a,
      int aOffset,
      int aStride,
      float[] b,
      int bOffset,
      int bStride,
      float[] aRest,
      int aRestOffset,
      float[] bRest,
      int bRestOffset,
      float[] lanes);
}
