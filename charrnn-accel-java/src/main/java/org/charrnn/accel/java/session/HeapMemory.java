package org.charrnn.accel.java.session;

import org.charrnn.api.Memory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * A tensor on the Java heap. How floats lie is up to the accelerator; integers lie in one array.
 *
 * <p><b>Thread safety.</b> None, as of its session.
 */
public abstract class HeapMemory implements Memory {

  private final HeapSession<?> session;
  private final Type type;
  private final Shape shape;
  private final int[] ids;

  /** Memory of a session. */
  protected HeapMemory(HeapSession<?> session, Type type, Shape shape) {
    this.session = session;
    this.type = type;
    this.shape = shape;
    this.ids = new int[type == Type.I32 ? shape.elements() : 0];
  }

  /** Puts floats in, as many as the shape has, row-major. */
  protected abstract void put(float[] values);

  /** Takes floats out, as many as the shape has, row-major. */
  protected abstract void take(float[] values);

  final HeapSession<?> session() {
    return session;
  }

  /** The integers; none where this holds floats. */
  public final int[] ids() {
    return ids;
  }

  @Override
  public final Type type() {
    return type;
  }

  @Override
  public final Shape shape() {
    return shape;
  }

  @Override
  public final void write(float[] values) {
    check(Type.F32, values.length);
    put(values);
  }

  @Override
  public final void write(int[] values) {
    check(Type.I32, values.length);
    System.arraycopy(values, 0, ids, 0, ids.length);
  }

  @Override
  public final void read(float[] values) {
    check(Type.F32, values.length);
    take(values);
  }

  @Override
  public final void read(int[] values) {
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
