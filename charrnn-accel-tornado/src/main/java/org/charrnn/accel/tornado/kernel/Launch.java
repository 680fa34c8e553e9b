package org.charrnn.accel.tornado.kernel;

import org.charrnn.accel.tornado.layout.Grid;
import org.charrnn.accel.tornado.layout.LaunchPosition;
import org.charrnn.accel.tornado.layout.StepCounter;

/**
 * A kernel and the work items that run it.
 *
 * @param label a name for logs and profiles, in lower-case letters
 * @param kernel the kernel
 * @param grid its work items
 * @param counter how it reads and advances the time step of the surrounding loop
 * @param position its position in its task graph
 */
public record Launch(
    String label, Kernel kernel, Grid grid, StepCounter counter, LaunchPosition position) {

  /** A launch outside of loops that is not counted. */
  public Launch(String label, Kernel kernel, Grid grid) {
    this(label, kernel, grid, StepCounter.OUTSIDE, LaunchPosition.UNCOUNTED);
  }

  /** The same launch with another step counter. */
  public Launch with(StepCounter other) {
    return new Launch(label, kernel, grid, other, position);
  }

  /** The same launch at another position. */
  public Launch at(LaunchPosition other) {
    return new Launch(label, kernel, grid, counter, other);
  }
}
