package org.charrnn.accel.tornado;

/** What a session runs on. */
interface Target {

  /** Whether groups of work items share local memory that is faster than other memory. */
  boolean isGpu();

  /** The name of the device for messages. */
  String describe();

  /**
   * Checks that there may be enough memory.
   *
   * @throws IllegalStateException if there is not; the message says how much was wanted, and what
   *     to lower
   */
  void requireRoomFor(Placement.Size size);

  /**
   * Allocates memory.
   *
   * @throws IllegalStateException if there is too little; the message says how much was wanted, and
   *     what to lower
   */
  DeviceMemory allocate(Placement.Size size);
}
