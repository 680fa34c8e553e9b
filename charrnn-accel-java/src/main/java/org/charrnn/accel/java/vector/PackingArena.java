package org.charrnn.accel.java.vector;

/**
 * Memory for packed operands. What one loop or one product outside of loops packed is of no use to
 * the next, so all of them use the same memory.
 */
final class PackingArena {

  private int taken;
  private int size;
  private float[] floats = new float[0];

  /** Begins another loop or product. */
  void rewind() {
    taken = 0;
  }

  /** Where in {@link #floats} the next {@code count} elements are. */
  int take(int count) {
    int start = taken;
    taken = Math.addExact(taken, count);
    size = Math.max(size, taken);
    return start;
  }

  /** Makes the memory that was taken, at once, lest it grow with garbage behind it. */
  void allocate() {
    floats = floats.length < size ? new float[size] : floats;
  }

  /** The memory, as it was allocated last. */
  float[] floats() {
    return floats;
  }
}
