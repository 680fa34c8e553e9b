package org.charrnn.text.safetensors;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.charrnn.graph.Shape;

/**
 * The description of a tensor in the header of a file. It may be of any type and shape: only the
 * tensors that a model needs must be {@linkplain #floats readable}.
 *
 * @param name its name
 * @param type the name of its type, such as {@code F32}
 * @param sizes its sizes, each at least 0
 * @param begin the offset of its first byte in the data
 * @param end the offset after its last byte
 */
@SuppressWarnings("exports") // the array of Guava is for this module alone
public record TensorEntry(
    String name, String type, ImmutableLongArray sizes, long begin, long end) {

  private static final String F32 = "F32";

  /** The maximum number of axes of a tensor that is read. */
  private static final int MAX_RANK = 8;

  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("U64", 8),
          Map.entry(F32, 4),
          Map.entry("I32", 4),
          Map.entry("U32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("I16", 2),
          Map.entry("U16", 2),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1));

  /** An entry for a tensor that is written at this offset. */
  public static TensorEntry of(String name, Shape shape, long begin) {
    long[] sizes = new long[shape.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.size(axis);
    }
    return new TensorEntry(
        name, F32, ImmutableLongArray.copyOf(sizes), begin, begin + 4L * shape.elements());
  }

  /** The number of bytes of its data. */
  public long bytes() {
    return end - begin;
  }

  /** Whether the bytes are as many as type and sizes require; true if the type is unknown. */
  boolean hasConsistentSize() {
    Integer width = BYTES.get(type);
    return width == null || isProduct(bytes(), width);
  }

  private boolean isProduct(long bytes, int width) {
    long product = width;
    for (int axis = 0; axis < sizes.length(); axis++) {
      long size = sizes.get(axis);
      if (size != 0 && product > Long.MAX_VALUE / size) {
        return false;
      }
      product *= size;
    }
    return product == bytes;
  }

  /**
   * A tensor whose elements can be floats in an array.
   *
   * @param type the type of the elements in the file
   * @param shape the shape
   */
  public record Floats(FloatType type, Shape shape) {}

  /** The tensor as floats, if it has such a type, is not empty, and fits into an array. */
  public Optional<Floats> floats() {
    return FloatType.of(type).flatMap(it -> shape(it).map(shape -> new Floats(it, shape)));
  }

  private Optional<Shape> shape(FloatType floatType) {
    long elements = bytes() / floatType.bytes();
    if (sizes.length() > MAX_RANK || elements == 0 || elements > Integer.MAX_VALUE - 8) {
      return Optional.empty();
    }
    int[] axes = new int[sizes.length()];
    for (int axis = 0; axis < axes.length; axis++) {
      OptionalInt size = size(axis);
      if (size.isEmpty()) {
        return Optional.empty();
      }
      axes[axis] = size.getAsInt();
    }
    return Optional.of(Shape.of(axes));
  }

  private OptionalInt size(int axis) {
    return sizes.get(axis) > Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of((int) sizes.get(axis));
  }

  /** The type and the sizes, for messages. */
  public String describe() {
    if (sizes.length() > MAX_RANK) {
      return String.format(Locale.ROOT, "%s with %d axes", type, sizes.length());
    }
    return type + sizes;
  }
}
