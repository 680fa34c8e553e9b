package org.charrnn.accel.java.vector;

import org.charrnn.api.Memory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor in one array, row-major. */
final class VectorMemory implements Memory {

  private final VectorSession session;
  private final Type type;
  private final Shape shape;
  private final float[] floats;
  private final int[] ids;

  VectorMemory(VectorSession session, Type type, Shape shape) {
    this.session = session;
    this.type = type;
    this.shape = shape;
    this.floats = new float[type == Type.F32 ? shape.elements() : 0];
    this.ids = new int[type == Type.I32 ? shape.elements() : 0];
  }

  VectorSession session() {
    return session;
  }

  float[] floats() {
    return floats;
  }

  int[] ids() {
    return ids;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public void write(float[] values) {
    check(Type.F32, values.length);
    System.arraycopy(values, 0, floats, 0, floats.length);
  }

  @Override
  public void write(int[] values) {
    check(Type.I32, values.length);
    System.arraycopy(values, 0, ids, 0, ids.length);
  }

  @Override
  public void read(float[] values) {
    check(Type.F32, values.length);
    System.arraycopy(floats, 0, values, 0, floats.length);
  }

  @Override
  public void read(int[] values) {
    check(Type.I32, values.length);
    System.arraycopy(ids, 0, values, 0, ids.length);
  }

  private void check(Type other, int length) {
    session.requireOpen();
    if (other != type) {
      throw new IllegalArgumentException(
          "memory of " + type + shape + " cannot be copied to or from an array of " + other);
    }
    if (length != shape.elements()) {
      throw new IllegalArgumentException(
          "memory of %s%s has %d elements, the array has %d"
              .formatted(type, shape, shape.elements(), length));
    }
  }
}
