package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.session.HeapMemory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor as an array of rows. Integers, which no loop computes with, lie in one array. */
final class RowMemory extends HeapMemory {

  private final float[][] rows;

  RowMemory(RowSession session, Type type, Shape shape) {
    super(session, type, shape);
    this.rows = type == Type.F32 ? new float[shape.rows()][shape.columns()] : new float[0][];
  }

  float[][] rows() {
    return rows;
  }

  @Override
  protected void put(float[] values) {
    int from = 0;
    for (float[] row : rows) {
      System.arraycopy(values, from, row, 0, row.length);
      from += row.length;
    }
  }

  @Override
  protected void take(float[] values) {
    int to = 0;
    for (float[] row : rows) {
      System.arraycopy(row, 0, values, to, row.length);
      to += row.length;
    }
  }
}
