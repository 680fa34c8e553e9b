package org.charrnn.accel.tornado.runtime;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.api.DeviceException;

/**
 * The floats and the integers of a session on its device, initially zero, and the launches that run
 * there.
 *
 * <p><b>Thread safety.</b> None.
 */
public interface DeviceMemory extends AutoCloseable {

  /** Prepares launches that are executed together; returns the number by which to execute them. */
  int add(List<Launch> launches);

  /** Executes launches, after everything that was written before. */
  void execute(int launches);

  /** Writes floats, starting at index {@code base}. */
  void write(int base, float[] values);

  /** Writes integers, starting at index {@code base}. */
  void write(int base, int[] values);

  /**
   * Reads floats, starting at index {@code base}, after everything that was executed before.
   *
   * @throws DeviceException if a launch did not run
   */
  void read(int base, float[] values);

  /**
   * Reads integers, starting at index {@code base}, after everything that was executed before.
   *
   * @throws DeviceException if a launch did not run
   */
  void read(int base, int[] values);

  /** Frees the memory on the device. */
  @Override
  void close();
}
