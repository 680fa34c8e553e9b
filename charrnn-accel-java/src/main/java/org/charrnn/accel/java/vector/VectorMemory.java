package org.charrnn.accel.java.vector;

import org.charrnn.accel.java.session.HeapMemory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor in one array, row-major. */
final class VectorMemory extends HeapMemory {

  private final float[] floats;

  VectorMemory(VectorSession session, Type type, Shape shape) {
    super(session, type, shape);
    this.floats = new float[type == Type.F32 ? shape.elements() : 0];
  }

  float[] floats() {
    return floats;
  }

  @Override
  protected void put(float[] values) {
    System.arraycopy(values, 0, floats, 0, floats.length);
  }

  @Override
  protected void take(float[] values) {
    System.arraycopy(floats, 0, values, 0, floats.length);
  }
}
