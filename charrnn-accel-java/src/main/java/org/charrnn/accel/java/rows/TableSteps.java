package org.charrnn.accel.java.rows;

import java.util.Arrays;
import org.charrnn.graph.CounterRandom;

/**
 * What reads and writes rows by their ids, and what makes numbers from nothing but their places.
 */
final class TableSteps {

  private TableSteps() {}

  static Step uniform(int salt, Operand seed, Operand result) {
    return time -> {
      int number = seed.ids()[seed.firstId(time)];
      for (int i = 0; i < result.rows(); i++) {
        float[] row = result.floats()[result.first(time) + i];
        for (int j = 0; j < row.length; j++) {
          row[j] = CounterRandom.uniform(number, salt, i * row.length + j);
        }
      }
    };
  }

  static Step gather(Operand table, Operand ids, Operand result) {
    return time -> {
      for (int i = 0; i < ids.elements(); i++) {
        int id = ids.ids()[ids.firstId(time) + i];
        float[] row = table.floats()[table.first(time) + id];
        System.arraycopy(row, 0, result.floats()[result.first(time) + i], 0, row.length);
      }
    };
  }

  static Step scatterAdd(Operand values, Operand ids, Operand result) {
    return time -> {
      for (int i = 0; i < result.rows(); i++) {
        Arrays.fill(result.floats()[result.first(time) + i], 0);
      }
      for (int i = 0; i < ids.elements(); i++) {
        int id = ids.ids()[ids.firstId(time) + i];
        if (id >= 0) {
          SumStep.add(
              values.floats()[values.first(time) + i], result.floats()[result.first(time) + id]);
        }
      }
    };
  }

  /**
   * Each id is marked with the place where it was seen and the run in which, so that nothing need
   * be cleared.
   */
  static Step uniqueRows(int tableRows, Operand ids, Operand rows, Operand slots) {
    int[] seenIn = new int[tableRows];
    int[] slotOf = new int[tableRows];
    return new Step() {
      private int run;

      @Override
      public void run(int time) {
        run++;
        int count = 0;
        for (int i = 0; i < ids.elements(); i++) {
          int id = ids.ids()[ids.firstId(time) + i];
          if (seenIn[id] != run) {
            seenIn[id] = run;
            slotOf[id] = count;
            rows.ids()[rows.firstId(time) + count] = id;
            count++;
          }
          slots.ids()[slots.firstId(time) + i] = slotOf[id];
        }
        int end = rows.firstId(time) + rows.elements();
        Arrays.fill(rows.ids(), rows.firstId(time) + count, end, -1);
      }
    };
  }
}
