package org.charrnn.api;

/**
 * Runs programs on the processor or on a device.
 *
 * <p>To write an accelerator, return a {@link Session} from {@link #open} that allocates memory and
 * compiles programs; extend {@link org.charrnn.api.session.CheckedSession}. Each kernel is one case
 * of an exhaustive {@code switch} over {@link org.charrnn.graph.Operands}. All numbers are 32-bit
 * floats; the contract tests of charrnn-testkit compare each kernel and whole training steps with a
 * double-precision reference.
 *
 * <p><b>Thread safety.</b> Stateless: any thread may open sessions. A session is for one thread at
 * a time.
 */
public interface Accelerator extends Plugin {

  /**
   * {@return the priority: if the user requests none, the available one of the highest priority is
   * used}
   */
  int priority();

  /** {@return whether this accelerator can be used here and now} Never throws. */
  Availability availability();

  /**
   * Opens the accelerator.
   *
   * @param options the threads and the device to use
   * @return a new session
   * @throws IllegalStateException if it is unavailable, with reason and remedy
   * @throws IllegalArgumentException if there is no device of that name
   */
  Session open(AcceleratorOptions options);
}
