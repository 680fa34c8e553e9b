package org.charrnn.text.encoding;

/**
 * The ids of a text, of which the end may be held out.
 *
 * @param training what is learnt from
 * @param heldOut what is measured on: the contiguous end of the text; empty if nothing is held out
 */
public record Split(Ids training, Ids heldOut) {

  /**
   * Holds out the end.
   *
   * @param share of the ids, in {@code [0, 1)}, rounded down to whole ids
   */
  public static Split of(Ids ids, double share) {
    long training = ids.length() - heldOut(ids.length(), share);
    return new Split(ids.slice(0, training), ids.slice(training, ids.length()));
  }

  private static long heldOut(long length, double share) {
    return (long) (length * share);
  }

  /**
   * The least number of ids of which {@code training} are left to learn from and, if any are held
   * out, two or more are: an id and the one after it.
   *
   * @param share of the ids, in {@code [0, 1)}
   */
  public static long leastLength(long training, double share) {
    if (share == 0) {
      return training;
    }
    // Where the search begins, a little too low whatever is rounded.
    double forTraining = (training - 1) / (1 - share);
    double forHeldOut = 2 / share;
    long length = Math.max(training, (long) Math.max(forTraining, forHeldOut) - 2);
    while (length - heldOut(length, share) < training || heldOut(length, share) < 2) {
      length++;
    }
    return length;
  }
}
