package org.charrnn.accel.java.vector;

/** A prepared instruction: memory bound, kernel chosen. */
interface Step {

  /**
   * Runs it.
   *
   * @param step the step of the surrounding loop; 0 outside of loops
   */
  void run(int step);
}
