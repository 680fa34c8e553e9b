package org.charrnn.accel.java.vector;

import java.util.Arrays;
import org.charrnn.accel.java.team.Team;

/** The kernels that read and write tables by row numbers. */
final class TableSteps {

  private static final long WORTH_SHARING = 1 << 17;

  private TableSteps() {}

  /** Copies the rows that ids name. Threads share out the ids. */
  static final class Gather implements Step, Team.Task {
    private final View table;
    private final View ids;
    private final View result;
    private final Workers workers;
    private int step;

    Gather(View table, View ids, View result, Workers workers) {
      this.table = table;
      this.ids = ids;
      this.result = result;
      this.workers = workers;
    }

    @Override
    public void run(int step) {
      this.step = step;
      workers.run(this, result.elements() >= WORTH_SHARING);
    }

    @Override
    public void run(int part, int parts) {
      int n = table.columns();
      int count = ids.elements();
      int end = (int) ((long) count * (part + 1) / parts);
      for (int i = (int) ((long) count * part / parts); i < end; i++) {
        int row = ids.ids()[ids.offset(step) + i];
        System.arraycopy(
            table.floats(),
            table.offset(step) + row * n,
            result.floats(),
            result.offset(step) + i * n,
            n);
      }
    }
  }

  /**
   * Adds rows to the rows that ids name, in the order of the ids. One thread: it reads from end to
   * end, for which two threads take longer than one.
   */
  static final class ScatterAdd implements Step {
    private final View values;
    private final View ids;
    private final View result;

    ScatterAdd(View values, View ids, View result) {
      this.values = values;
      this.ids = ids;
      this.result = result;
    }

    @Override
    public void run(int step) {
      int n = result.columns();
      int start = result.offset(step);
      Arrays.fill(result.floats(), start, start + result.elements(), 0);
      for (int i = 0; i < ids.elements(); i++) {
        int row = ids.ids()[ids.offset(step) + i];
        if (row >= 0) {
          int from = values.offset(step) + i * n;
          SumStep.add(values.floats(), from, result.floats(), start + row * n, n);
        }
      }
    }
  }

  /**
   * Lists the distinct ids. One thread: it is a walk over as many numbers as the window has
   * characters.
   */
  static final class UniqueRows implements Step {
    private final View ids;
    private final View rows;
    private final View slots;
    private final int[] slotOf; // of each row of the table, if it was seen in this run
    private final int[] seenIn; // the run in which a row was seen last
    private int run;

    UniqueRows(int tableRows, View ids, View rows, View slots) {
      this.ids = ids;
      this.rows = rows;
      this.slots = slots;
      this.slotOf = new int[tableRows];
      this.seenIn = new int[tableRows];
    }

    @Override
    public void run(int step) {
      if (++run == 0) { // after 2^32 runs numbers begin to repeat
        Arrays.fill(seenIn, 0);
        run = 1;
      }
      int[] distinct = rows.ids();
      int first = rows.offset(step);
      int count = 0;
      for (int i = 0; i < ids.elements(); i++) {
        int id = ids.ids()[ids.offset(step) + i];
        if (seenIn[id] != run) {
          seenIn[id] = run;
          slotOf[id] = count;
          distinct[first + count++] = id;
        }
        slots.ids()[slots.offset(step) + i] = slotOf[id];
      }
      Arrays.fill(distinct, first + count, first + rows.elements(), -1);
    }
  }
}
