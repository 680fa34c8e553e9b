package org.charrnn.text.training;

/**
 * Stops a run.
 *
 * <p><b>Thread safety.</b> Any thread may use it, and so may a listener from inside an event.
 */
@FunctionalInterface
public interface RunControl {

  /** Ends the run after the current step or round, with a checkpoint. */
  void requestStop();
}
