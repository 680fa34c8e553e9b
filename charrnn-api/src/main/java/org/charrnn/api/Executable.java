package org.charrnn.api;

/**
 * A program that is ready to run.
 *
 * <p><b>Thread safety.</b> As for its session.
 */
public interface Executable {

  /**
   * Runs the program once on the current contents of its memory; when it returns, results can be
   * read.
   *
   * @throws IllegalStateException if the session was closed
   * @throws DeviceException if the device cannot run the program
   */
  void run();
}
