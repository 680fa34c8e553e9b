package org.charrnn.text.device;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.charrnn.text.engine.RowModel.Row;
import org.jspecify.annotations.Nullable;

/**
 * The programs for some number of ids, and the rows whose states are in one of them. A row keeps
 * its slot as long as it takes part in each run and the number of rows fits the program; a run
 * changes the states of all slots, so that no other row may be in one.
 *
 * <p><b>Thread safety.</b> That of the session.
 */
final class RowPlacement {

  /** Batch sizes are powers of two up to this one, and its multiples. */
  private static final int STEP = 8;

  private final IntFunction<RowProgram> compiler;
  private final Map<Integer, RowProgram> programs = new HashMap<>(); // by batch size
  private @Nullable RowProgram current;
  private @Nullable DeviceRow[] slots = {}; // of the current program

  /**
   * A placement without rows.
   *
   * @param compiler compiles a program for a batch size, when it is first needed
   */
  RowPlacement(IntFunction<RowProgram> compiler) {
    this.compiler = compiler;
  }

  /** Moves the states of these rows into the smallest program that takes so many. */
  RowProgram place(List<Row> rows) {
    RowProgram program = program(rows.size());
    boolean[] isTaken = new boolean[program.batchSize()];
    int staying = 0;
    for (Row row : rows) {
      DeviceRow own = (DeviceRow) row;
      if (own.isIn(this)) {
        isTaken[own.slot()] = true;
        staying++;
      }
    }
    for (int slot = 0; slot < isTaken.length; slot++) {
      if (!isTaken[slot]) {
        moveOut(slot);
      }
    }
    int slot = 0;
    for (int i = 0; staying < rows.size(); i++) {
      DeviceRow own = (DeviceRow) rows.get(i);
      if (!own.isIn(this)) {
        while (isTaken[slot]) {
          slot++;
        }
        put(own, slot++, program);
        staying++;
      }
    }
    return program;
  }

  /** The program for so many rows; if it is another one, all rows have left the previous one. */
  private RowProgram program(int count) {
    int batchSize = batchSize(count);
    if (current == null || current.batchSize() != batchSize) {
      for (int slot = 0; slot < slots.length; slot++) {
        moveOut(slot);
      }
      current = programs.computeIfAbsent(batchSize, compiler::apply);
      slots = new @Nullable DeviceRow[batchSize];
    }
    return current;
  }

  /** Few sizes, since each is compiled, but not much more than the number of rows. */
  private static int batchSize(int count) {
    return count > STEP
        ? Math.ceilDiv(count, STEP) * STEP
        : count == 1 ? 1 : 2 * Integer.highestOneBit(count - 1);
  }

  private void put(DeviceRow row, int slot, RowProgram program) {
    program.writeState(slot, row.state());
    row.moveTo(this, slot);
    slots[slot] = row;
  }

  private void moveOut(int slot) {
    DeviceRow row = slots[slot];
    if (row != null) {
      row.moveOut(state(slot));
      slots[slot] = null;
    }
  }

  /** The state in a slot. */
  float[] state(int slot) {
    return Objects.requireNonNull(current).readState(slot);
  }

  /** The row of a slot has moved to another placement. */
  void free(int slot) {
    slots[slot] = null;
  }
}
