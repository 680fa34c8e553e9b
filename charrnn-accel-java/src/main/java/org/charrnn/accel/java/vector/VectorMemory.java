package org.charrnn.accel.java.vector;

import org.charrnn.api.session.CheckedMemory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor in one array, row-major. */
final class VectorMemory extends CheckedMemory {

  private final float[] floats;
  private final int[] ids;
  private int version;

  VectorMemory(VectorSession session, Type type, Shape shape) {
    super(session, type, shape);
    this.floats = new float[type == Type.F32 ? shape.elements() : 0];
    this.ids = new int[type == Type.I32 ? shape.elements() : 0];
  }

  float[] floats() {
    return floats;
  }

  int[] ids() {
    return ids;
  }

  /** Differs from an earlier answer if the elements may have changed since. */
  int version() {
    return version;
  }

  /** Tells that the elements change. */
  void changes() {
    version++;
  }

  @Override
  protected void copyFrom(float[] values) {
    changes();
    System.arraycopy(values, 0, floats, 0, floats.length);
  }

  @Override
  protected void copyFrom(int[] values) {
    changes();
    System.arraycopy(values, 0, ids, 0, ids.length);
  }

  @Override
  protected void copyTo(float[] values) {
    System.arraycopy(floats, 0, values, 0, floats.length);
  }

  @Override
  protected void copyTo(int[] values) {
    System.arraycopy(ids, 0, values, 0, ids.length);
  }
}
