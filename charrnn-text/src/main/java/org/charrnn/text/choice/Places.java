package org.charrnn.text.choice;

/**
 * The order of scores as integers: the place of each is lower, the better it is, and that of equal
 * ones is the same. It finds where so many of them end, or so much of their weight, by halving the
 * interval of places in question; each half is a loop over all of them that the compiler of the JVM
 * computes several at once.
 *
 * <p><b>Thread safety.</b> None; the array is reused.
 */
final class Places {

  /** The place of all scores that are worse than the range. */
  private static final int LAST = (1 << 24) - 1;

  private final int[] places;
  private final Marks marks; // of those in an interval
  private int count;
  private int from;
  private int to;

  Places(int most) {
    this.places = new int[most];
    this.marks = new Marks(most);
  }

  /**
   * Assigns a place to each of the first {@code number} scores.
   *
   * @param best at least the maximum of the scores
   * @param range scores that are worse than the best by more than this have the last place
   */
  void assign(float[] scores, int number, double best, double range) {
    count = number;
    float highest = (float) best;
    float scale = (float) (LAST / range);
    for (int i = 0; i < number; i++) {
      places[i] = Math.min((int) ((highest - scores[i]) * scale), LAST);
    }
  }

  /**
   * Finds an interval of places: the amounts of all before it together are less than {@code
   * target}, and with those in it at least that. Smaller intervals are not tried once those in it
   * are at most {@code few}.
   *
   * @param amounts of each score
   * @param total their sum, at least the target
   */
  void find(int[] amounts, int total, int target, int few) {
    from = 0;
    to = LAST + 1;
    int before = 0;
    int until = total;
    while (to - from > 1 && until - before > few) {
      int middle = (from + to) / 2;
      int sum = sumBefore(middle, amounts);
      if (sum < target) {
        from = middle;
        before = sum;
      } else {
        to = middle;
        until = sum;
      }
    }
  }

  /** The sign of a difference selects an amount, since a condition would be slower. */
  private int sumBefore(int place, int[] amounts) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += amounts[i] & ((places[i] - place) >> 31);
    }
    return sum;
  }

  /** 1 if the place of a score is before the interval that was found, else 0. */
  int isBefore(int i) {
    return (places[i] - from) >>> 31;
  }

  /** The scores that are in the interval that was found. */
  int findWithin(int[] indices) {
    return find(from, indices);
  }

  /** The scores that are in the interval that was found, or before it. */
  int findBeforeEnd(int[] indices) {
    return find(0, indices);
  }

  /** Finds the scores whose places are in an interval that ends with the one that was found. */
  private int find(int first, int[] indices) {
    int[] values = marks.values();
    for (int i = 0; i < count; i++) {
      values[i] = (places[i] - first) | (to - 1 - places[i]);
    }
    return marks.find(count, indices);
  }
}
