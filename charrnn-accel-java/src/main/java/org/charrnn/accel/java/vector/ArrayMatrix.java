package org.charrnn.accel.java.vector;

import org.charrnn.accel.java.runtime.Matrix;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor in one array, row by row. */
final class ArrayMatrix extends Matrix {

  private final float[] floats;
  private final int columns;

  ArrayMatrix(CheckedSession<?> session, Type type, Shape shape) {
    super(session, type, shape);
    this.floats = new float[type == Type.F32 ? shape.elements() : 0];
    this.columns = shape.columns();
  }

  @Override
  public float[] array(int row) {
    return floats;
  }

  @Override
  public int start(int row) {
    return row * columns;
  }

  @Override
  public boolean isContiguous() {
    return true;
  }
}
