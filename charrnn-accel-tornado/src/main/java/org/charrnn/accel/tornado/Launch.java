package org.charrnn.accel.tornado;

/**
 * A kernel and the work items that run it.
 *
 * @param what a word for logs and profiles: lower-case letters
 * @param kernel what is run
 * @param grid by how many work items
 * @param clock how it knows the step of the loop around it
 */
record Launch(String what, Kernel kernel, Grid grid, Clock clock) {

  /** Outside of loops. */
  Launch(String what, Kernel kernel, Grid grid) {
    this(what, kernel, grid, Clock.OUTSIDE);
  }

  Launch with(Clock other) {
    return new Launch(what, kernel, grid, other);
  }
}
