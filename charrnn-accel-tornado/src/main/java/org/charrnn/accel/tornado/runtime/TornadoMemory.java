package org.charrnn.accel.tornado.runtime;

import org.charrnn.api.session.CheckedMemory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * A tensor among the floats or the integers of a session. Written values are kept here until the
 * session sends them to the device.
 */
final class TornadoMemory extends CheckedMemory {

  private final TornadoSession session;
  private int base;
  private float @Nullable [] floats; // written, but not on the device yet
  private int @Nullable [] ints; // likewise

  TornadoMemory(TornadoSession session, Type type, Shape shape) {
    super(session, type, shape);
    this.session = session;
  }

  /** Stores its elements from another index on, without their values. */
  void moveTo(int newBase) {
    base = newBase;
  }

  /** Makes all elements zero. */
  void clear() {
    if (type() == Type.F32) {
      copyFrom(new float[shape().elements()]);
    } else {
      copyFrom(new int[shape().elements()]);
    }
  }

  /** The index of its first element. */
  int base() {
    return base;
  }

  @Override
  protected void copyFrom(float[] values) {
    floats = values.clone();
    session.changed(this);
  }

  @Override
  protected void copyFrom(int[] values) {
    ints = values.clone();
    session.changed(this);
  }

  @Override
  protected void copyTo(float[] values) {
    if (floats != null) {
      System.arraycopy(floats, 0, values, 0, values.length);
    } else {
      session.read(base, values);
    }
  }

  @Override
  protected void copyTo(int[] values) {
    if (ints != null) {
      System.arraycopy(ints, 0, values, 0, values.length);
    } else {
      session.read(base, values);
    }
  }

  /** Sends the written values. */
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

  /** Copies the values back from the device, before its memory is freed. */
  void retrieve() {
    if (type() == Type.F32 && floats == null) {
      float[] retrieved = new float[shape().elements()];
      session.read(base, retrieved);
      floats = retrieved;
    } else if (type() == Type.I32 && ints == null) {
      int[] retrieved = new int[shape().elements()];
      session.read(base, retrieved);
      ints = retrieved;
    }
  }
}
