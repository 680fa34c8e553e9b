package org.charrnn.api;

/** Whether an accelerator can be used on this machine by this process. */
public sealed interface Availability {

  /**
   * It can.
   *
   * @param device what it would run on, for the user to read, such as {@code plain Java on 8 cores}
   */
  record Available(String device) implements Availability {}

  /**
   * It cannot.
   *
   * @param reason what is missing
   * @param remedy what the user can do about it
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}
