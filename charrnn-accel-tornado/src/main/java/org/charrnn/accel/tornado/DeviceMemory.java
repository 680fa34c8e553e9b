package org.charrnn.accel.tornado;

import java.util.List;

/**
 * The floats and the integers of a session on its device, all zero at first, and what runs there.
 *
 * <p><b>Thread safety.</b> None.
 */
interface DeviceMemory extends AutoCloseable {

  /**
   * Prepares launches that are executed together, and returns the number by which to execute them.
   */
  int add(List<Launch> launches);

  /** Executes launches, on all that was written before. */
  void execute(int launches);

  /** Writes floats from place {@code base} on. */
  void write(int base, float[] values);

  /** Writes integers from place {@code base} on. */
  void write(int base, int[] values);

  /** Reads floats from place {@code base} on, after all that was executed before. */
  void read(int base, float[] values);

  /** Reads integers from place {@code base} on, after all that was executed before. */
  void read(int base, int[] values);

  /** Frees the memory on the device. */
  @Override
  void close();
}
