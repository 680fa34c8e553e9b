package org.charrnn.graph.program;

import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * Memory that a program uses: a row-major matrix.
 *
 * @param index its place in {@link Program#buffers()}
 * @param name the name by which the caller binds it; for a temporary one that only tells it from
 *     others
 * @param role what it is to the program; all but {@link Role#TEMPORARY} are bound by the caller
 * @param type the type of its elements
 * @param shape its shape
 */
public record Buffer(int index, String name, Role role, Type type, Shape shape) {

  /** The rows of the matrix. */
  public int rows() {
    return shape.rows();
  }

  /** The columns of the matrix. */
  public int columns() {
    return shape.columns();
  }

  /** Whether the memory belongs to the caller and outlives a run. */
  public boolean isExternal() {
    return role != Role.TEMPORARY;
  }

  /** The name and the shape. */
  @Override
  public String toString() {
    return name + shape;
  }
}
