package org.charrnn.accel.java.rows;

import org.charrnn.api.Memory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor as an array of rows. Integers, which no loop computes with, lie in one array. */
final class RowMemory implements Memory {

  private final RowSession session;
  private final Type type;
  private final Shape shape;
  private final float[][] rows;
  private final int[] ids;

  RowMemory(RowSession session, Type type, Shape shape) {
    this.session = session;
    this.type = type;
    this.shape = shape;
    this.rows = type == Type.F32 ? new float[shape.rows()][shape.columns()] : new float[0][];
    this.ids = type == Type.I32 ? new int[shape.elements()] : new int[0];
  }

  RowSession session() {
    return session;
  }

  float[][] rows() {
    return rows;
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
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * shape.columns(), rows[row], 0, shape.columns());
    }
  }

  @Override
  public void write(int[] values) {
    check(Type.I32, values.length);
    System.arraycopy(values, 0, ids, 0, ids.length);
  }

  @Override
  public void read(float[] values) {
    check(Type.F32, values.length);
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * shape.columns(), shape.columns());
    }
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
          "memory of %s%s cannot be copied to or from an array of %s"
              .formatted(type, shape, other));
    }
    if (length != shape.elements()) {
      throw new IllegalArgumentException(
          "memory of %s%s has %d elements, the array has %d"
              .formatted(type, shape, shape.elements(), length));
    }
  }
}
