package org.charrnn.graph.program;

import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * Memory that a program uses: a row-major matrix.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param index the index in {@link Program#buffers()}
 * @param name the name by which the caller binds it; for a temporary a generated name
 * @param role the role; the caller binds all but {@link Role#TEMPORARY}
 * @param type the type of the elements
 * @param shape the shape
 */
public record Buffer(int index, String name, Role role, Type type, Shape shape) {

  /** {@return the rows of the matrix} */
  public int rows() {
    return shape.rows();
  }

  /** {@return the columns of the matrix} */
  public int columns() {
    return shape.columns();
  }

  /** {@return whether the caller owns the memory, which outlives a run} */
  public boolean isExternal() {
    return role != Role.TEMPORARY;
  }

  /** {@return the name and the shape} */
  @Override
  public String toString() {
    return name + shape;
  }
}
