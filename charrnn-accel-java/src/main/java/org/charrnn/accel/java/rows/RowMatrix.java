package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.runtime.Matrix;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/** A tensor whose rows are arrays of their own, so that all rows start at index 0. */
final class RowMatrix extends Matrix {

  private final float[][] rows;

  RowMatrix(CheckedSession<?> session, Type type, Shape shape) {
    super(session, type, shape);
    this.rows = type == Type.F32 ? new float[shape.rows()][shape.columns()] : new float[0][];
  }

  @Override
  public float[] array(int row) {
    return rows[row];
  }

  @Override
  public int start(int row) {
    return 0;
  }

  @Override
  public boolean isContiguous() {
    return false;
  }
}
