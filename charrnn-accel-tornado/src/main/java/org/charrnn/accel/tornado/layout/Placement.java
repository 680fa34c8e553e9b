package org.charrnn.accel.tornado.layout;

import java.util.HashMap;
import java.util.Map;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/**
 * The positions of a program's buffers among the floats and the integers of a device.
 *
 * @param bases the index of the first element of each buffer, among the elements of its type
 * @param scratchFloats the index from which on kernels may use floats as scratch memory
 * @param scratchInts the index from which on kernels may use integers as scratch memory
 */
public record Placement(Map<Buffer, Integer> bases, int scratchFloats, int scratchInts) {

  /** Elements of 4 bytes of a cache line of a GPU. */
  private static final int ALIGNMENT = 32;

  /** Elements of 4 bytes that TornadoVM stores before the first one of an array. */
  private static final int HEADER = 4;

  /**
   * Elements at the beginning that belong to the accelerator, among them those of StepCounter. The
   * first buffer starts with a cache line, so that work items that read adjacent elements of a row
   * read one line, not parts of two.
   */
  public static final int RESERVED = ALIGNMENT - HEADER;

  /**
   * Numbers of elements of each type.
   *
   * @param floats the number of floats
   * @param ints the number of integers
   */
  public record Size(long floats, long ints) {

    /** No elements. */
    public static final Size ZERO = new Size(0, 0);

    /** The length of a region for {@code elements}: the next one is aligned, too. */
    public static long roundUp(long elements) {
      return Math.ceilDiv(elements, ALIGNMENT) * ALIGNMENT;
    }

    /** Memory for {@code elements} of a type, rounded up to the alignment. */
    public static Size of(Type type, long elements) {
      long rounded = roundUp(elements);
      return type == Type.F32 ? new Size(rounded, 0) : new Size(0, rounded);
    }

    /** Memory for both. */
    public Size plus(Size other) {
      return new Size(floats + other.floats, ints + other.ints);
    }

    /** Memory for either. */
    public Size max(Size other) {
      return new Size(Math.max(floats, other.floats), Math.max(ints, other.ints));
    }
  }

  /** The size of all temporaries of {@code program}. */
  public static Size temporaries(Program program) {
    Size size = Size.ZERO;
    for (Buffer buffer : program.buffers()) {
      if (!buffer.isExternal()) {
        size = size.plus(Size.of(buffer.type(), buffer.shape().elements()));
      }
    }
    return size;
  }

  /**
   * Places the temporaries of {@code program} in sequence.
   *
   * @param externals the first element of each buffer that is not a temporary
   * @param floats the index of the first free float
   * @param ints the index of the first free integer
   */
  public static Placement of(
      Program program, Map<Buffer, Integer> externals, int floats, int ints) {
    Map<Buffer, Integer> bases = new HashMap<>(externals);
    int nextFloat = floats;
    int nextInt = ints;
    for (Buffer buffer : program.buffers()) {
      if (!buffer.isExternal()) {
        Size size = Size.of(buffer.type(), buffer.shape().elements());
        bases.put(buffer, buffer.type() == Type.F32 ? nextFloat : nextInt);
        nextFloat += (int) size.floats();
        nextInt += (int) size.ints();
      }
    }
    return new Placement(bases, nextFloat, nextInt);
  }

  /** The index of the first element of {@code buffer}. */
  public int base(Buffer buffer) {
    Integer base = bases.get(buffer);
    if (base == null) {
      throw new IllegalArgumentException("this placement has no buffer " + buffer);
    }
    return base;
  }
}
