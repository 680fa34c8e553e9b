package org.charrnn.testkit;

import org.charrnn.api.Memory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** An array on the heap, in double precision or of ids. */
final class ReferenceMemory implements Memory {

  private final ReferenceSession session;
  private final Type type;
  private final Shape shape;
  private final double[] floats;
  private final int[] ints;

  ReferenceMemory(ReferenceSession session, Type type, Shape shape) {
    this.session = session;
    this.type = type;
    this.shape = shape;
    this.floats = new double[type == Type.F32 ? shape.elements() : 0];
    this.ints = new int[type == Type.I32 ? shape.elements() : 0];
  }

  boolean isOf(ReferenceSession other) {
    return session == other;
  }

  double[] floats() {
    return floats;
  }

  int[] ints() {
    return ints;
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
    require(Type.F32, values.length);
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
  }

  @Override
  public void write(int[] values) {
    require(Type.I32, values.length);
    System.arraycopy(values, 0, ints, 0, values.length);
  }

  @Override
  public void read(float[] values) {
    require(Type.F32, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) floats[i];
    }
  }

  @Override
  public void read(int[] values) {
    require(Type.I32, values.length);
    System.arraycopy(ints, 0, values, 0, values.length);
  }

  private void require(Type wanted, int length) {
    session.requireOpen();
    if (type != wanted || length != shape.elements()) {
      throw new IllegalArgumentException(
          "this memory is %s %s, the array is %s of length %d"
              .formatted(type, shape, wanted, length));
    }
  }
}
