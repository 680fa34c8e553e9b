package org.charrnn.api;

import java.util.Optional;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * The memory of a tensor in a session. Its contents stay on the device until they are read.
 *
 * <p>The methods that copy throw an {@link IllegalArgumentException} if the length or the type of
 * the array differs from the tensor's, and an {@link IllegalStateException} after the session was
 * closed.
 *
 * <p><b>Thread safety.</b> As for its session.
 */
public interface Memory {

  /** {@return the type of the elements} */
  Type type();

  /** {@return the shape} */
  Shape shape();

  /**
   * Copies {@code values}, row-major, into this memory.
   *
   * @param values an array with as many elements as the memory
   */
  void write(float[] values);

  /**
   * Copies {@code values}, row-major, into this memory.
   *
   * @param values an array with as many elements as the memory
   */
  void write(int[] values);

  /**
   * Copies this memory, row-major, into {@code values}.
   *
   * @param values an array with as many elements as the memory
   */
  void read(float[] values);

  /**
   * Copies this memory, row-major, into {@code values}.
   *
   * @param values an array with as many elements as the memory
   */
  void read(int[] values);

  /**
   * {@return the rows of this memory, if it has floats and is on the host; otherwise it is copied
   * as a whole, since each copy from or to a device takes time}
   */
  default Optional<HostRows> hostRows() {
    return Optional.empty();
  }
}
