package org.charrnn.accel.java.vector;

/** Adds the lanes of as many vectors as each has lanes, always in the same order. */
interface LaneSums {

  /**
   * Sums each of the vectors that lie side by side from {@code lanes[from]} on.
   *
   * @param sums may be the same array
   * @param to where in {@code sums} the first sum goes; the others follow it
   */
  void run(float[] lanes, int from, float[] sums, int to);
}
