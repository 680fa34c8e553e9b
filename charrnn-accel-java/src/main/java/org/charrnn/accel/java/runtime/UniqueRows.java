package org.charrnn.accel.java.runtime;

import java.util.Arrays;
import org.charrnn.graph.Operands;

/**
 * Lists the distinct ids. Each id is marked with the run in which it was seen, so that no mark has
 * to be cleared. One thread: a window has few ids.
 */
final class UniqueRows implements Task {

  private final Operand ids;
  private final Operand rows;
  private final Operand slots;
  private final int[] slotOf; // of each row of the table that was seen in this run
  private final int[] seenIn; // the run in which a row was seen last
  private int run;

  UniqueRows(Operands.UniqueRows<Operand> unique) {
    this(unique, 0);
  }

  /** A task that counts its runs from {@code runs}. */
  UniqueRows(Operands.UniqueRows<Operand> unique, int runs) {
    this.ids = unique.ids();
    this.rows = unique.rows();
    this.slots = unique.slots();
    this.slotOf = new int[unique.tableRows()];
    this.seenIn = new int[unique.tableRows()];
    this.run = runs;
  }

  @Override
  public void run(int t) {
    if (++run == 0) { // the counter repeats after 2^32 runs
      Arrays.fill(seenIn, 0);
      run = 1;
    }
    int[] distinct = rows.ids();
    int first = rows.firstId(t);
    int count = 0;
    for (int i = 0; i < ids.elements(); i++) {
      int id = ids.ids()[ids.firstId(t) + i];
      if (seenIn[id] != run) {
        seenIn[id] = run;
        slotOf[id] = count;
        distinct[first + count++] = id;
      }
      slots.ids()[slots.firstId(t) + i] = slotOf[id];
    }
    Arrays.fill(distinct, first + count, first + rows.elements(), -1);
  }
}
