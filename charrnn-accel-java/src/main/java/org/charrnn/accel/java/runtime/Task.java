package org.charrnn.accel.java.runtime;

/**
 * A prepared instruction: operands are bound to memory, the kernel is chosen.
 *
 * <p><b>Thread safety.</b> None: one run at a time.
 */
public interface Task {

  /**
   * Runs it.
   *
   * @param t the iteration of the surrounding loop; 0 outside of loops
   */
  void run(int t);
}
