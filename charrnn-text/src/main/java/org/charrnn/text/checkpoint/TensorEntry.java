package org.charrnn.text.checkpoint;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.charrnn.graph.Shape;

/**
 * The description of a tensor in the header of a file. It may be of any type and shape: only the
 * tensors that a model needs must be {@linkplain #shape readable}.
 *
 * @param name its name
 * @param type the name of its type, such as {@code F32}
 * @param sizes its sizes, each at least 0
 * @param begin the offset of its first byte in the data
 * @param end the offset after its last byte
 */
record TensorEntry(String name, String type, ImmutableLongArray sizes, long begin, long end) {

  static final String F32 = "F32";

  /** The maximum number of axes of a tensor that is read. */
  static final int MAX_RANK = 8;

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
  static TensorEntry of(String name, Shape shape, long begin) {
    long[] sizes = new long[shape.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.size(axis);
    }
    return new TensorEntry(
        name, F32, ImmutableLongArray.copyOf(sizes), begin, begin + 4L * shape.elements());
  }

  long bytes() {
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

  /** The shape, if this is a tensor of type F32 that fits into an array and is not empty. */
  Optional<Shape> shape() {
    if (!type.equals(F32) || sizes.length() > MAX_RANK || bytes() == 0) {
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
    return bytes() / 4 > Integer.MAX_VALUE - 8 ? Optional.empty() : Optional.of(Shape.of(axes));
  }

  private OptionalInt size(int axis) {
    return sizes.get(axis) > Integer.MAX_VALUE
        ? OptionalInt.empty()
        : OptionalInt.of((int) sizes.get(axis));
  }

  /** The type and the sizes, for messages. */
  String describe() {
    if (sizes.length() > MAX_RANK) {
      return String.format(Locale.ROOT, "%s with %d axes", type, sizes.length());
    }
    return type + sizes;
  }
}
