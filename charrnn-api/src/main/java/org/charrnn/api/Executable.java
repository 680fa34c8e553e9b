package org.charrnn.api;

/**
 * A program that is ready to run. It lives until its session is closed.
 *
 * <p><b>Thread safety.</b> As for its session: one thread at a time.
 */
public interface Executable {

  /**
   * Runs the program once on the current contents of its memory, and returns when its results can
   * be read. The caller checks that ids are in the range of their tables, see {@link
   * org.charrnn.graph.Op.Gather}.
   *
   * @throws IllegalStateException if the session was closed
   * @throws DeviceException if the device cannot run the program
   */
  void run();
}
