package org.charrnn.accel.java.vector.matmul;

/** Adds the lanes of each of as many vectors as a vector has lanes, always in the same order. */
interface LaneSums {

  /**
   * Sums each of the consecutive vectors from {@code lanes[from]} on.
   *
   * @param sums may be the same array
   * @param to the index of the first sum in {@code sums}; the others follow it
   */
  void run(float[] lanes, int from, float[] sums, int to);
}
