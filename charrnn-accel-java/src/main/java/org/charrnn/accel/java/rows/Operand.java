package org.charrnn.accel.java.rows;

import org.charrnn.graph.program.Slot;

/**
 * Where an instruction finds an operand or result: some rows of memory, which move with the steps
 * of a loop.
 *
 * @param memory the whole memory
 * @param slot which rows of it
 */
record Operand(RowMemory memory, Slot slot) {

  int rows() {
    return slot.rows();
  }

  int columns() {
    return slot.columns();
  }

  int elements() {
    return slot.elements();
  }

  float[][] floats() {
    return memory.rows();
  }

  int[] ids() {
    return memory.ids();
  }

  /** The index of the first row. */
  int first(int time) {
    return slot.firstRow(time);
  }

  /** The index of the first element among the integers. */
  int firstId(int time) {
    return slot.firstRow(time) * slot.columns();
  }

  /** A row; those of a smaller operand repeat. */
  float[] repeated(int row, int time) {
    return memory.rows()[first(time) + row % slot.rows()];
  }
}
