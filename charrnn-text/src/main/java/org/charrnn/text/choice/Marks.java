package org.charrnn.text.choice;

/**
 * A mark for each score. The few that have one are found without a look at each of the others, and
 * without branches that a processor cannot predict.
 *
 * <p><b>Thread safety.</b> None; the array is reused.
 */
final class Marks {

  private final int[] values; // negative: no mark

  Marks(int most) {
    this.values = new int[most];
  }

  /** The marks, to be written: not negative for a score that is marked. */
  int[] values() {
    return values;
  }

  /**
   * Finds the scores that are marked, in ascending order.
   *
   * @param count the number of scores
   * @param indices receives them; has at least as many elements as there are scores
   * @return their number
   */
  int find(int count, int[] indices) {
    int number = 0;
    int i = 0;
    for (; i < count - 7; i += 8) {
      int all = values[i] & values[i + 1] & values[i + 2] & values[i + 3];
      all &= values[i + 4] & values[i + 5] & values[i + 6] & values[i + 7];
      if (all >= 0) {
        number = find(i, i + 8, indices, number);
      }
    }
    return find(i, count, indices, number);
  }

  private int find(int from, int to, int[] indices, int before) {
    int number = before;
    for (int i = from; i < to; i++) {
      indices[number] = i;
      number += 1 + (values[i] >> 31);
    }
    return number;
  }
}
