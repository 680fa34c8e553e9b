package org.charrnn.api.session;

import java.util.Locale;
import java.util.Optional;
import org.charrnn.api.HostRows;
import org.charrnn.api.Memory;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;

/**
 * Memory of a {@link CheckedSession}; checks arrays before they are copied.
 *
 * <p>Subclasses copy. The array has as many elements as the shape, and the session is open; the
 * methods of the other type are never called.
 *
 * <p><b>Thread safety.</b> As for its session: one thread at a time.
 */
public abstract class CheckedMemory implements Memory {

  private final CheckedSession<?> session;
  private final Type type;
  private final Shape shape;

  /**
   * Memory for a tensor of that type and shape, all zero.
   *
   * @param session the session of the memory
   * @param type the type of the elements
   * @param shape the shape of the tensor
   */
  protected CheckedMemory(CheckedSession<?> session, Type type, Shape shape) {
    this.session = session;
    this.type = type;
    this.shape = shape;
  }

  /**
   * Copies {@code values}, row-major, into this memory of floats.
   *
   * @param values an array with as many elements as the memory
   */
  protected abstract void copyFrom(float[] values);

  /**
   * Copies {@code values}, row-major, into this memory of integers.
   *
   * @param values an array with as many elements as the memory
   */
  protected abstract void copyFrom(int[] values);

  /**
   * Copies this memory of floats, row-major, into {@code values}.
   *
   * @param values an array with as many elements as the memory
   */
  protected abstract void copyTo(float[] values);

  /**
   * Copies this memory of integers, row-major, into {@code values}.
   *
   * @param values an array with as many elements as the memory
   */
  protected abstract void copyTo(int[] values);

  /**
   * {@return the rows of this memory of floats, if it is on the host; by default they are not
   * available} Their methods are called only with rows that exist and arrays of the right length.
   */
  protected Optional<HostRows> rows() {
    return Optional.empty();
  }

  final CheckedSession<?> session() {
    return session;
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
    copyFrom(values);
  }

  @Override
  public final void write(int[] values) {
    check(Type.I32, values.length);
    copyFrom(values);
  }

  @Override
  public final void read(float[] values) {
    check(Type.F32, values.length);
    copyTo(values);
  }

  @Override
  public final void read(int[] values) {
    check(Type.I32, values.length);
    copyTo(values);
  }

  @Override
  public final Optional<HostRows> hostRows() {
    return type == Type.F32 ? rows().map(this::checked) : Optional.empty();
  }

  private HostRows checked(HostRows rows) {
    return new HostRows() {
      @Override
      public void read(int row, float[] values) {
        checkRow(row, values.length);
        rows.read(row, values);
      }

      @Override
      public void write(int row, float[] values) {
        checkRow(row, values.length);
        rows.write(row, values);
      }
    };
  }

  private void checkRow(int row, int length) {
    session.requireOpen();
    if (row < 0 || row >= shape.rows() || length != shape.columns()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "memory of %s%s has %d rows of %d elements; row %d was requested, with an array of"
                  + " %d",
              type,
              shape,
              shape.rows(),
              shape.columns(),
              row,
              length));
    }
  }

  private void check(Type other, int length) {
    session.requireOpen();
    if (other != type) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "memory of %s%s cannot be copied to or from an array of %s",
              type,
              shape,
              other));
    }
    if (length != shape.elements()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "memory of %s%s has %d elements, the array has %d",
              type,
              shape,
              shape.elements(),
              length));
    }
  }
}
