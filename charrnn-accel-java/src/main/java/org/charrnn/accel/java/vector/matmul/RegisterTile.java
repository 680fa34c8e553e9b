package org.charrnn.accel.java.vector.matmul;

/**
 * A block of a matrix product that is kept in registers, {@code rows x width} elements: {@code c =
 * d + a * b}.
 *
 * <p>Each element is a chain of fused multiply-adds in the order of {@code k} that starts with the
 * element of {@code d}. A sum may therefore be interrupted at any {@code k}, stored, and continued,
 * and neither the size of blocks nor the number of threads changes a bit of the result.
 */
interface RegisterTile {

  /**
   * Computes one block.
   *
   * @param k the length of the sums
   * @param a left operand, packed: element {@code (i, p)} at {@code aOffset + p * rows + i}
   * @param b right operand: element {@code (p, j)} at {@code bOffset + p * rightStride + j}, see
   *     {@link TileShape}
   * @param d the addend, {@code (i, j)} at {@code dOffset + i * dStride + j}
   * @param c the result, {@code (i, j)} at {@code cOffset + i * cStride + j}; may be {@code d}
   */
  void run(
      int k,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] d,
      int dOffset,
      int dStride,
      float[] c,
      int cOffset,
      int cStride);
}
