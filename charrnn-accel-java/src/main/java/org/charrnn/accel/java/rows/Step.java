package org.charrnn.accel.java.rows;

/** A prepared instruction: memory bound, kernel chosen. */
interface Step {

  /**
   * Runs it.
   *
   * @param time the step of the surrounding loop; 0 outside of loops
   */
  void run(int time);
}
