package org.charrnn.accel.java.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.charrnn.graph.Operands;
import org.junit.jupiter.api.Test;

class UniqueRowsTest {

  private final Operand ids = TestMatrix.ids(4);
  private final Operand rows = TestMatrix.ids(4);
  private final Operand slots = TestMatrix.ids(4);
  private final Operands.UniqueRows<Operand> operands =
      new Operands.UniqueRows<>(9, ids, rows, slots);

  @Test
  void run_repeatedIds_distinctOnesInOrderThenMinusOne() {
    UniqueRows unique = new UniqueRows(operands);
    run(unique, 7, 3, 7, 8);
    assertArrayEquals(new int[] {7, 3, 8, -1}, rows.ids());
    assertArrayEquals(new int[] {0, 1, 0, 2}, slots.ids());
    run(unique, 3, 3, 3, 3);
    assertArrayEquals(new int[] {3, -1, -1, -1}, rows.ids());
    assertArrayEquals(new int[] {0, 0, 0, 0}, slots.ids());
  }

  /** The counter of runs becomes 0, the mark of ids that were never seen, and later repeats. */
  @Test
  void run_counterWrapsAround_everyIdIsStillListed() {
    UniqueRows unique = new UniqueRows(operands, -2);
    for (int run = 0; run < 4; run++) { // runs -1, 0 and beyond
      run(unique, 5, 0, 5, 6);
      assertArrayEquals(new int[] {5, 0, 6, -1}, rows.ids(), "run " + run);
      assertArrayEquals(new int[] {0, 1, 0, 2}, slots.ids(), "run " + run);
      run(unique, 1, 2, 1, 4);
      assertArrayEquals(new int[] {1, 2, 4, -1}, rows.ids(), "run " + run);
    }
  }

  private void run(UniqueRows unique, int... values) {
    System.arraycopy(values, 0, ids.ids(), 0, values.length);
    unique.run(0);
  }
}
