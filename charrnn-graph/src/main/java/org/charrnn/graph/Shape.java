package org.charrnn.graph;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The sizes of a tensor along its axes, slowest first. A scalar has none. A shape has at most
 * {@link Integer#MAX_VALUE} elements: methods that return a larger shape throw a {@link
 * TensorTooLargeException}.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Shape {

  /** The shape of a single number. */
  public static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;

  private Shape(int[] sizes) {
    this.sizes = sizes;
  }

  /**
   * {@return a shape of the given sizes}
   *
   * @param sizes the sizes of the axes, each at least 1; none for a scalar
   * @throws IllegalArgumentException if a size is below 1
   * @throws TensorTooLargeException if all together exceed {@link Integer#MAX_VALUE} elements
   */
  public static Shape of(int... sizes) {
    long elements = 1;
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException(
            "each size of a shape must be at least 1: " + Arrays.toString(sizes));
      }
      elements *= size;
      if (elements > Integer.MAX_VALUE) {
        throw new TensorTooLargeException(
            "a tensor of shape "
                + Arrays.toString(sizes)
                + " has more than "
                + Integer.MAX_VALUE
                + " elements");
      }
    }
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** {@return the number of axes; 0 for a scalar} */
  public int rank() {
    return sizes.length;
  }

  /**
   * {@return the size along {@code axis}; a negative axis counts from the end}
   *
   * @param axis an axis in {@code [-rank(), rank())}
   * @throws IndexOutOfBoundsException if there is no such axis
   */
  public int size(int axis) {
    return sizes[axis < 0 ? axis + sizes.length : axis];
  }

  /** {@return the number of elements, at least 1} */
  public int elements() {
    return rows() * columns();
  }

  /**
   * {@return the product of all sizes but the last, 1 for a scalar: the rows of the matrix that ops
   * see}
   */
  public int rows() {
    int rows = 1;
    for (int axis = 0; axis < sizes.length - 1; axis++) {
      rows *= sizes[axis];
    }
    return rows;
  }

  /** {@return the size of the last axis, 1 for a scalar: the columns of the matrix that ops see} */
  public int columns() {
    return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
  }

  /**
   * {@return this shape with another last size: {@code [T, B, H] -> [T, B, columns]}; {@code
   * [columns]} for a scalar}
   *
   * @param columns the size of the last axis, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public Shape withColumns(int columns) {
    int[] changed = sizes.length == 0 ? new int[1] : sizes.clone();
    changed[changed.length - 1] = columns;
    return of(changed);
  }

  /**
   * {@return this shape with one more axis in front: {@code [B, H] -> [T, B, H]}} Scalars are
   * stacked to a column {@code [T, 1]}, so that each step has its own row.
   *
   * @param steps the size of the first axis, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public Shape stacked(int steps) {
    if (sizes.length == 0) {
      return of(steps, 1);
    }
    int[] extended = new int[sizes.length + 1];
    extended[0] = steps;
    System.arraycopy(sizes, 0, extended, 1, sizes.length);
    return of(extended);
  }

  /**
   * {@return this shape with one more axis at the end: {@code [T, B] -> [T, B, columns]}}
   *
   * @param columns the size of the last axis, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public Shape append(int columns) {
    int[] extended = Arrays.copyOf(sizes, sizes.length + 1);
    extended[sizes.length] = columns;
    return of(extended);
  }

  /**
   * {@return this shape without its first axis: {@code [T, B, H] -> [B, H]}}
   *
   * @throws IllegalArgumentException if this is the shape of a scalar
   */
  public Shape slice() {
    if (sizes.length == 0) {
      throw new IllegalArgumentException("a scalar has no first axis");
    }
    return of(Arrays.copyOfRange(sizes, 1, sizes.length));
  }

  /**
   * {@return whether a tensor of this shape can be broadcast to {@code target}: its last size is 1
   * or that of the target, and its other sizes, without leading ones, are a suffix of the other
   * sizes of the target}
   *
   * @param target the shape of the result
   */
  public boolean broadcastsTo(Shape target) {
    if (columns() != 1 && columns() != target.columns()) {
      return false;
    }
    int first = 0;
    while (first < sizes.length - 1 && sizes[first] == 1) {
      first++;
    }
    int leading = Math.max(0, sizes.length - 1 - first);
    int targetLeading = Math.max(0, target.sizes.length - 1);
    if (leading > targetLeading) {
      return false;
    }
    for (int i = 1; i <= leading; i++) {
      if (sizes[sizes.length - 1 - i] != target.sizes[target.sizes.length - 1 - i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** {@return a text, for example {@code [25, 1, 100]}; {@code []} for a scalar} */
  @Override
  public String toString() {
    return Arrays.stream(sizes)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
