package org.charrnn.api;

import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * The place of a tensor in a session. What it holds stays on the device until it is read.
 *
 * <p>All methods throw an {@link IllegalArgumentException} if the array has another length than the
 * tensor has elements or another type, and an {@link IllegalStateException} after the session was
 * closed.
 *
 * <p><b>Thread safety.</b> That of its session.
 */
public interface Memory {

  /** The type of the elements. */
  Type type();

  /** The shape. */
  Shape shape();

  /** Copies {@code values}, row-major, into this memory. */
  void write(float[] values);

  /** Copies {@code values}, row-major, into this memory. */
  void write(int[] values);

  /** Copies this memory, row-major, into {@code values}. */
  void read(float[] values);

  /** Copies this memory, row-major, into {@code values}. */
  void read(int[] values);
}
