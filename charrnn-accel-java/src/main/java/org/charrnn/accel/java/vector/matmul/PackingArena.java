package org.charrnn.accel.java.vector.matmul;

/**
 * Memory for packed operands. The operands that one loop, or one product outside of loops, packed
 * are of no use to the next, so that all share the same memory.
 */
final class PackingArena {

  private int taken;
  private int size;
  private float[] floats = new float[0];

  /** Starts another loop or product. */
  void rewind() {
    taken = 0;
  }

  /** The index in {@link #floats} of the next {@code count} elements. */
  int take(int count) {
    int start = taken;
    taken = Math.addExact(taken, count);
    size = Math.max(size, taken);
    return start;
  }

  /** Allocates the memory that was taken, at once, so that it does not grow step by step. */
  void allocate() {
    floats = floats.length < size ? new float[size] : floats;
  }

  /** The memory, as it was allocated last. */
  float[] floats() {
    return floats;
  }
}
