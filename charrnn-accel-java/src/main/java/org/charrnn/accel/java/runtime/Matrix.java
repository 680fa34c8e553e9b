package org.charrnn.accel.java.runtime;

import java.util.Optional;
import org.charrnn.api.HostRows;
import org.charrnn.api.session.CheckedMemory;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * A tensor as a matrix of floats or integers. The elements of a row of floats are consecutive in an
 * array; whether rows share an array is up to the accelerator. Integers are in one array, row by
 * row.
 */
public abstract class Matrix extends CheckedMemory {

  private final int rows;
  private final int columns;
  private final int[] ids;
  private int version;

  /** A tensor of that type and shape, all zero. */
  protected Matrix(CheckedSession<?> session, Type type, Shape shape) {
    super(session, type, shape);
    this.rows = shape.rows();
    this.columns = shape.columns();
    this.ids = new int[type == Type.I32 ? shape.elements() : 0];
  }

  /** The array that contains a row of floats. */
  public abstract float[] array(int row);

  /** The index of the first element of a row of floats in its {@link #array}. */
  public abstract int start(int row);

  /** Whether all rows of floats are in one array, each after the previous one. */
  public abstract boolean isContiguous();

  /** The integers; empty if the elements are floats. */
  public final int[] ids() {
    return ids;
  }

  /** A number that differs from an earlier one if elements may have changed in between. */
  public final int version() {
    return version;
  }

  /** Records that elements change. */
  public final void change() {
    version++;
  }

  @Override
  protected final void copyFrom(float[] values) {
    change();
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * columns, array(row), start(row), columns);
    }
  }

  @Override
  protected final void copyFrom(int[] values) {
    change();
    System.arraycopy(values, 0, ids, 0, ids.length);
  }

  @Override
  protected final void copyTo(float[] values) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(array(row), start(row), values, row * columns, columns);
    }
  }

  @Override
  protected final Optional<HostRows> rows() {
    return Optional.of(
        new HostRows() {
          @Override
          public void read(int row, float[] values) {
            System.arraycopy(array(row), start(row), values, 0, columns);
          }

          @Override
          public void write(int row, float[] values) {
            change();
            System.arraycopy(values, 0, array(row), start(row), columns);
          }
        });
  }

  @Override
  protected final void copyTo(int[] values) {
    System.arraycopy(ids, 0, values, 0, ids.length);
  }
}
