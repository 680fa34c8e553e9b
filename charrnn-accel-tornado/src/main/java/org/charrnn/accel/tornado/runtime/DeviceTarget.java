package org.charrnn.accel.tornado.runtime;

import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.api.DeviceException;

/** A device on which a session runs. */
public interface DeviceTarget {

  /** Whether work-groups have local memory that is faster than global memory. */
  boolean isGpu();

  /** The name of the device for messages. */
  String describe();

  /**
   * Checks that there may be enough memory.
   *
   * @throws DeviceException if there is not; the message says how much is needed and what to reduce
   */
  void requireMemoryFor(Placement.Size size);

  /**
   * Allocates memory.
   *
   * @throws DeviceException if there is too little; the message says how much is needed and what to
   *     reduce
   */
  DeviceMemory allocate(Placement.Size size);
}
