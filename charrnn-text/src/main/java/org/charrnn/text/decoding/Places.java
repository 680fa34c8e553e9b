package org.charrnn.text.decoding;

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
  private int count;
  private int from;
  private int to;

  Places(int most) {
    this.places = new int[most];
  }

  /**
   * Assigns a place to each of the first {@code number} scores.
   *
   * @param best at least the maximum of the scores
   * @param range scores that are worse than the best by more than this have the last place
   */
  void assign(double[] scores, int number, double best, double range) {
    count = number;
    double scale = LAST / range;
    for (int i = 0; i < number; i++) {
      places[i] = Math.min((int) ((best - scores[i]) * scale), LAST);
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

  /** Whether the place of a score is in the interval that was found, or before it. */
  boolean isBeforeEnd(int i) {
    return places[i] < to;
  }

  /** Whether the place of a score is in the interval that was found. */
  boolean isWithin(int i) {
    return Integer.compareUnsigned(places[i] - from, to - from) < 0; // one condition
  }

  /** Sets the weights of all scores to zero that are not before the interval that was found. */
  void keepBefore(double[] weights) {
    for (int i = 0; i < count; i++) {
      weights[i] *= (places[i] - from) >>> 31;
    }
  }
}
