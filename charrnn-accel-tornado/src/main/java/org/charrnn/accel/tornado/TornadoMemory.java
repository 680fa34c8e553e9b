package org.charrnn.accel.tornado;

import org.charrnn.api.session.CheckedMemory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.jspecify.annotations.Nullable;

/**
 * A tensor among the floats or the integers of a session. What is written is kept here until the
 * session needs it.
 */
final class TornadoMemory extends CheckedMemory {

  private final TornadoSession session;
  private final int base;
  private float @Nullable [] floats; // what the device does not have yet
  private int @Nullable [] ints;

  TornadoMemory(TornadoSession session, Type type, Shape shape, int base) {
    super(session, type, shape);
    this.session = session;
    this.base = base;
  }

  /** Its first element. */
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
    if (type() == Type.F32 && floats == null) {
      float[] rescued = new float[shape().elements()];
      session.read(base, rescued);
      floats = rescued;
    } else if (type() == Type.I32 && ints == null) {
      int[] rescued = new int[shape().elements()];
      session.read(base, rescued);
      ints = rescued;
    }
  }
}
