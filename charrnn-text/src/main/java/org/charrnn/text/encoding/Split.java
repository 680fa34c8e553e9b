package org.charrnn.text.encoding;

import org.charrnn.text.config.ReadingDirection;

/**
 * The ids of a text, of which the end may be held out.
 *
 * @param training the ids to train on
 * @param heldOut the ids to evaluate on: the contiguous end of the text; may be empty
 */
public record Split(Ids training, Ids heldOut) {

  /** Up to here doubles represent all integers. */
  private static final long MAX_EXACT = 1L << 53;

  /**
   * Holds out the end.
   *
   * @param share of the ids, in {@code [0, 1)}, rounded down to whole ids
   */
  public static Split of(Ids ids, double share) {
    long training = trainingLength(ids.length(), share);
    return new Split(ids.slice(0, training), ids.slice(training, ids.length()));
  }

  /** The same parts, each in the order in which a model reads it. */
  public Split inReadingOrder(ReadingDirection direction) {
    return new Split(training.inReadingOrder(direction), heldOut.inReadingOrder(direction));
  }

  /**
   * The number of ids that remain when the end of a text is held out.
   *
   * @param length the number of ids of the text
   * @param share of the ids, in {@code [0, 1)}, rounded down to whole ids
   */
  public static long trainingLength(long length, double share) {
    return length - heldOut(length, share);
  }

  private static long heldOut(long length, double share) {
    return (long) (length * share);
  }

  /**
   * The minimum number of ids that leaves {@code training} ids to train on and, if any are held
   * out, at least two of those: an id and the one after it.
   *
   * @param share of the ids, in {@code [0, 1)}
   */
  public static long minLength(long training, double share) {
    if (share == 0) {
      return training;
    }
    // The start of the search, slightly too low whatever the rounding.
    double forTraining = (training - 1) / (1 - share);
    double forHeldOut = 2 / share;
    double estimate = Math.max(forTraining, forHeldOut);
    if (estimate > MAX_EXACT) {
      return Long.MAX_VALUE; // more than any text has
    }
    long length = Math.max(training, (long) estimate - 2);
    while (length - heldOut(length, share) < training || heldOut(length, share) < 2) {
      length++;
    }
    return length;
  }
}
