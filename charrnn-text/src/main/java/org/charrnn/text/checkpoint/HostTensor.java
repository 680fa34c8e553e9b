package org.charrnn.text.checkpoint;

import java.util.Arrays;
import java.util.Locale;
import org.charrnn.graph.Shape;

/**
 * A tensor in the memory of the host, row-major.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the array of {@link #values} is not changed.
 */
public final class HostTensor {

  private final Shape shape;
  private final float[] values;

  /**
   * A tensor.
   *
   * @param values row-major; not copied
   * @param shape the shape
   * @throws IllegalArgumentException if the shape has another number of elements
   */
  public HostTensor(Shape shape, float[] values) {
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a tensor of shape %s has %d elements: %d",
              shape,
              shape.elements(),
              values.length));
    }
    this.shape = shape;
    this.values = values;
  }

  /** {@return the shape} */
  public Shape shape() {
    return shape;
  }

  /** {@return the numbers, row-major; the array itself} */
  public float[] values() {
    return values;
  }

  /** {@return whether all numbers are finite} */
  public boolean isFinite() {
    float sum = 0; // a product is NaN unless the number is finite; cheap also if it is interpreted
    for (float value : values) {
      sum += 0 * value;
    }
    return sum == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostTensor that
        && shape.equals(that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  /** {@return the shape} */
  @Override
  public String toString() {
    return "F32" + shape;
  }
}
