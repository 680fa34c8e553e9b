package org.charrnn.accel.java.rows;

import org.charrnn.api.session.CheckedMemory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor as an array of rows. Integers, which no loop computes with, lie in one array. */
final class RowMemory extends CheckedMemory {

  private final float[][] rows;
  private final int[] ids;

  RowMemory(RowSession session, Type type, Shape shape) {
    super(session, type, shape);
    this.rows = type == Type.F32 ? new float[shape.rows()][shape.columns()] : new float[0][];
    this.ids = type == Type.I32 ? new int[shape.elements()] : new int[0];
  }

  float[][] rows() {
    return rows;
  }

  int[] ids() {
    return ids;
  }

  @Override
  protected void copyFrom(float[] values) {
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(values, row * rows[row].length, rows[row], 0, rows[row].length);
    }
  }

  @Override
  protected void copyFrom(int[] values) {
    System.arraycopy(values, 0, ids, 0, ids.length);
  }

  @Override
  protected void copyTo(float[] values) {
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, values, row * rows[row].length, rows[row].length);
    }
  }

  @Override
  protected void copyTo(int[] values) {
    System.arraycopy(ids, 0, values, 0, ids.length);
  }
}
