package org.charrnn.api;

/**
 * A program that is ready to run.
 *
 * <p><b>Thread safety.</b> That of its session.
 */
public interface Executable {

  /**
   * Runs the program once on what its memory holds now, and returns when results can be read.
   *
   * @throws IllegalStateException if the session was closed
   */
  void run();
}
