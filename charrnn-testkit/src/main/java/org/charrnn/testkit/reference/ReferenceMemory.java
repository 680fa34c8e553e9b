package org.charrnn.testkit.reference;

import java.util.Optional;
import org.charrnn.api.HostRows;
import org.charrnn.api.session.CheckedMemory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** An array on the heap: of doubles for F32, of ints for I32. */
final class ReferenceMemory extends CheckedMemory {

  private final double[] floats;
  private final int[] ints;

  ReferenceMemory(ReferenceSession session, Type type, Shape shape) {
    super(session, type, shape);
    this.floats = new double[type == Type.F32 ? shape.elements() : 0];
    this.ints = new int[type == Type.I32 ? shape.elements() : 0];
  }

  double[] floats() {
    return floats;
  }

  int[] ints() {
    return ints;
  }

  @Override
  protected void copyFrom(float[] values) {
    for (int i = 0; i < values.length; i++) {
      floats[i] = values[i];
    }
  }

  @Override
  protected void copyFrom(int[] values) {
    System.arraycopy(values, 0, ints, 0, values.length);
  }

  @Override
  protected void copyTo(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) floats[i];
    }
  }

  @Override
  protected Optional<HostRows> rows() {
    return Optional.of(
        new HostRows() {
          @Override
          public void read(int row, float[] values) {
            for (int i = 0; i < values.length; i++) {
              values[i] = (float) floats[row * values.length + i];
            }
          }

          @Override
          public void write(int row, float[] values) {
            for (int i = 0; i < values.length; i++) {
              floats[row * values.length + i] = values[i];
            }
          }
        });
  }

  @Override
  protected void copyTo(int[] values) {
    System.arraycopy(ints, 0, values, 0, values.length);
  }
}
