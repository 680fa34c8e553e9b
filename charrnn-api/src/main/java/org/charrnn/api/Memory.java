package org.charrnn.api;

import java.util.Optional;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * The memory of a tensor in a session, initially zero. Its contents stay on the device until they
 * are read. It lives until its session is closed.
 *
 * <p><b>Thread safety.</b> As for its session: one thread at a time.
 */
public interface Memory {

  /** {@return the type of the elements} */
  Type type();

  /** {@return the shape} */
  Shape shape();

  /**
   * Copies {@code values}, row-major, into this memory of floats.
   *
   * @param values an array with as many elements as the memory
   * @throws IllegalArgumentException if this memory is not of floats, or the array has another
   *     length
   * @throws IllegalStateException after the session was closed
   */
  void write(float[] values);

  /**
   * Copies {@code values}, row-major, into this memory of integers.
   *
   * @param values an array with as many elements as the memory
   * @throws IllegalArgumentException if this memory is not of integers, or the array has another
   *     length
   * @throws IllegalStateException after the session was closed
   */
  void write(int[] values);

  /**
   * Copies this memory of floats, row-major, into {@code values}.
   *
   * @param values an array with as many elements as the memory
   * @throws IllegalArgumentException if this memory is not of floats, or the array has another
   *     length
   * @throws IllegalStateException after the session was closed
   */
  void read(float[] values);

  /**
   * Copies this memory of integers, row-major, into {@code values}.
   *
   * @param values an array with as many elements as the memory
   * @throws IllegalArgumentException if this memory is not of integers, or the array has another
   *     length
   * @throws IllegalStateException after the session was closed
   */
  void read(int[] values);

  /**
   * {@return the rows of this memory, if it has floats and is on the host} By default they are not
   * available: the memory is then copied as a whole, since each copy from or to a device takes
   * time.
   */
  default Optional<HostRows> hostRows() {
    return Optional.empty();
  }
}
