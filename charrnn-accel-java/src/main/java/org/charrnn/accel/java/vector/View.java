package org.charrnn.accel.java.vector;

import org.charrnn.graph.program.Slot;

/**
 * Where an instruction finds an operand or result: some rows of an array, which move with the steps
 * of a loop.
 */
final class View {

  private final VectorMemory memory;
  private final Slot slot;

  View(VectorMemory memory, Slot slot) {
    this.memory = memory;
    this.slot = slot;
  }

  /** The elements of the whole buffer, row-major; empty if they are integers. */
  float[] floats() {
    return memory.floats();
  }

  /** The elements of the whole buffer, row-major; empty if they are floats. */
  int[] ids() {
    return memory.ids();
  }

  int rows() {
    return slot.rows();
  }

  int columns() {
    return slot.columns();
  }

  int elements() {
    return slot.elements();
  }

  /** The version of the whole buffer, see {@link VectorMemory#version}. */
  int version() {
    return memory.version();
  }

  /** The index of the first element in the given step of the surrounding loop. */
  int offset(int step) {
    return slot.firstRow(step) * slot.columns();
  }
}
