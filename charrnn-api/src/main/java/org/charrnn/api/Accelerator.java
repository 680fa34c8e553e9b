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
   * {@return the priority, any number: if the user requests no accelerator, the available one of
   * the highest priority is used, of equal ones the first by name} It is read once, when the plugin
   * is found.
   */
  int priority();

  /**
   * {@return whether this process can use the accelerator on this machine} Never throws: a failure
   * is the reason of an {@link Availability.Unavailable}.
   */
  Availability availability();

  /**
   * Opens the accelerator.
   *
   * @param options the threads and the device to use
   * @return a new session, which the caller closes
   * @throws IllegalStateException if the accelerator is unavailable; the message has the reason and
   *     the remedy. An accelerator that was found by its name throws {@link
   *     org.charrnn.api.discovery.NoSuchPluginException} instead.
   * @throws IllegalArgumentException if there is no device of that name, or the accelerator has no
   *     devices
   * @throws DeviceException if the device does not work
   */
  Session open(AcceleratorOptions options);
}
