package org.charrnn.api;

/**
 * Runs programs, on the processor or on a device.
 *
 * <p>To write one: {@link #open} a {@link Session} that allocates memory and compiles programs,
 * best by extending {@link org.charrnn.api.session.CheckedSession}; each kernel of which is one
 * case of an exhaustive {@code switch} over {@link org.charrnn.graph.Op.Kernel}. All numbers are
 * 32-bit floats; the contract tests of charrnn-testkit compare each kernel and whole training steps
 * with a double-precision reference.
 */
public interface Accelerator extends Plugin {

  /** Which one is chosen if the user asks for none: the greatest number among those available. */
  int priority();

  /** Whether this accelerator can be used here and now. Never throws. */
  Availability availability();

  /**
   * Opens the accelerator.
   *
   * @throws IllegalStateException if it is unavailable, with reason and remedy
   * @throws IllegalArgumentException if there is no device of that name
   */
  Session open(AcceleratorOptions options);
}
