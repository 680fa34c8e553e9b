package org.charrnn.api;

/**
 * Whether this process can use an accelerator on this machine.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Availability {

  /**
   * The accelerator can be used.
   *
   * @param device a description of the device, such as {@code plain Java on 8 cores}
   */
  record Available(String device) implements Availability {}

  /**
   * The accelerator cannot be used.
   *
   * @param reason what is missing
   * @param remedy what the user can do about it
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}
