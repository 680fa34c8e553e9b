package org.charrnn.accel.tornado;

import java.util.HashMap;
import java.util.Map;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/**
 * Where the buffers of a program lie among the floats and the integers of a device.
 *
 * @param bases the first element of each buffer, among those of its type
 * @param scratchFloats where kernels may keep floats while they run
 * @param scratchInts where kernels may keep integers while they run
 */
record Placement(Map<Buffer, Integer> bases, int scratchFloats, int scratchInts) {

  /** Elements that are the accelerator's own, at the beginning; the step of loops is among them. */
  static final int RESERVED = 16;

  private static final int ALIGNMENT = 16;

  /** How much of each type something takes. */
  record Size(long floats, long ints) {
    Size plus(Size other) {
      return new Size(floats + other.floats, ints + other.ints);
    }

    Size max(Size other) {
      return new Size(Math.max(floats, other.floats), Math.max(ints, other.ints));
    }

    static Size of(Type type, long elements) {
      long rounded = Math.ceilDiv(elements, ALIGNMENT) * ALIGNMENT;
      return type == Type.F32 ? new Size(rounded, 0) : new Size(0, rounded);
    }
  }

  /** What the temporaries of {@code program} and its kernels take. */
  static Size temporaries(Program program) {
    Size size = Lowering.scratch(program);
    for (Buffer buffer : program.buffers()) {
      if (!buffer.isExternal()) {
        size = size.plus(Size.of(buffer.type(), buffer.shape().elements()));
      }
    }
    return size;
  }

  /**
   * Places the temporaries of {@code program} one after another.
   *
   * @param externals the first element of each buffer that is no temporary
   * @param floats from where on floats are free
   * @param ints from where on integers are free
   */
  static Placement of(Program program, Map<Buffer, Integer> externals, int floats, int ints) {
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

  /** The first element of {@code buffer}. */
  int base(Buffer buffer) {
    Integer base = bases.get(buffer);
    if (base == null) {
      throw new IllegalArgumentException("no place for " + buffer);
    }
    return base;
  }
}
