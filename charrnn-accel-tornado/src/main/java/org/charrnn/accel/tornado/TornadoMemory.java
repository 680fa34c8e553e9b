package org.charrnn.accel.tornado;

import org.charrnn.api.Memory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * A tensor among the floats or the integers of a session. What is written is kept here until the
 * session needs it.
 */
final class TornadoMemory implements Memory {

  private final TornadoSession session;
  private final Type type;
  private final Shape shape;
  private final int base;
  private float @Nullable [] floats; // what the device does not have yet
  private int @Nullable [] ints;

  TornadoMemory(TornadoSession session, Type type, Shape shape, int base) {
    this.session = session;
    this.type = type;
    this.shape = shape;
    this.base = base;
  }

  TornadoSession session() {
    return session;
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  /** Its first element. */
  int base() {
    return base;
  }

  @Override
  public void write(float[] values) {
    check(Type.F32, values.length);
    floats = values.clone();
    session.changed(this);
  }

  @Override
  public void write(int[] values) {
    check(Type.I32, values.length);
    ints = values.clone();
    session.changed(this);
  }

  @Override
  public void read(float[] values) {
    check(Type.F32, values.length);
    if (floats != null) {
      System.arraycopy(floats, 0, values, 0, values.length);
    } else {
      session.read(base, values);
    }
  }

  @Override
  public void read(int[] values) {
    check(Type.I32, values.length);
    if (ints != null) {
      System.arraycopy(ints, 0, values, 0, values.length);
    } else {
      session.read(base, values);
    }
  }

  /** Sends what was written. */
  void flush(DeviceMemory memory) {
    if (floats != null) {
      memory.write(base, floats);
      floats = null;
    }
    if (ints != null) {
      memory.write(base, ints);
      ints = null;
    }
  }

  /** Takes back what the device holds, before that memory is given up. */
  void rescue() {
    if (type == Type.F32 && floats == null) {
      float[] rescued = new float[shape.elements()];
      session.read(base, rescued);
      floats = rescued;
    } else if (type == Type.I32 && ints == null) {
      int[] rescued = new int[shape.elements()];
      session.read(base, rescued);
      ints = rescued;
    }
  }

  private void check(Type wanted, int length) {
    session.requireOpen();
    if (type != wanted) {
      throw new IllegalArgumentException(
          "memory of type " + type + " cannot exchange numbers of type " + wanted);
    }
    if (length != shape.elements()) {
      throw new IllegalArgumentException(
          "memory of shape %s has %d elements, the array %d"
              .formatted(shape, shape.elements(), length));
    }
  }
}
