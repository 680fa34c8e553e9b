package org.charrnn.text.encoding;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The windows {@code [T, B]} of one pass over a text, which is cut into B contiguous streams of
 * equal length: stream s is {@code ids[s * span .. (s + 1) * span)}, and window k reads its ids
 * {@code k * T .. k * T + T - 1}; the target of each is the id after it. A pass ends when {@code k
 * * T + T + 1 >= span}: with one stream that is the seed's rule, which leaves up to {@code T + 1}
 * ids at the end unread.
 *
 * <p><b>Thread safety.</b> One thread at a time: each stream reads ahead.
 */
public final class Windows {

  private final int steps;
  private final int batchSize;
  private final long span;
  private final IdWindow[] streams;

  /** The windows of a text without documents. */
  public Windows(Ids ids, int steps, int batchSize) {
    this(ids, steps, batchSize, Documents.NONE);
  }

  /**
   * The windows of a text.
   *
   * @param ids the text; not copied
   * @param steps T, at least 1
   * @param batchSize B, at least 1
   * @param documents the documents of the text
   * @throws IllegalArgumentException if the text is shorter than {@link #minLength}, or longer than
   *     {@link #maxLength}
   */
  public Windows(Ids ids, int steps, int batchSize, Documents documents) {
    if (steps < 1 || batchSize < 1 || ids.length() < minLength(steps, batchSize)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no window of %d steps in %d streams fits into %s",
              steps,
              batchSize,
              ids));
    }
    if (ids.length() > maxLength(steps, batchSize)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s have more windows of %d steps in %d streams than can be counted",
              ids,
              steps,
              batchSize));
    }
    this.steps = steps;
    this.batchSize = batchSize;
    this.span = ids.length() / batchSize;
    this.streams = new IdWindow[batchSize];
    Arrays.setAll(streams, _ -> new IdWindow(ids, batchSize, steps + 1, documents));
  }

  /** The length of the shortest text that has a window. */
  public static long minLength(int steps, int batchSize) {
    return (steps + 2L) * batchSize;
  }

  /** The maximum length of a text whose windows can be counted, approximately. */
  public static long maxLength(int steps, int batchSize) {
    long windows = (long) steps * Integer.MAX_VALUE;
    return windows > Long.MAX_VALUE / batchSize ? Long.MAX_VALUE : windows * batchSize;
  }

  /** The number of windows in a pass, at least 1. */
  public int count() {
    return (int) ((span - steps - 2) / steps + 1);
  }

  /**
   * Writes a window in the order in which programs read it: all streams at time 0, then all at time
   * 1, and so on.
   *
   * @param window its index in the pass; fastest in ascending order
   * @param inputs receives the ids {@code [T, B]}
   * @param targets receives the id after each {@code [T, B]}
   */
  public void fill(int window, int[] inputs, int[] targets) {
    fill(window, inputs, targets, null);
  }

  /**
   * Writes a window.
   *
   * @param stateMask receives 0 where a document begins, 1 elsewhere {@code [T, B]}
   */
  public void fill(int window, int[] inputs, int[] targets, float @Nullable [] stateMask) {
    if (window < 0 || window >= count()) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "window %d of %d", window, count()));
    }
    for (int stream = 0; stream < batchSize; stream++) {
      IdWindow row = streams[stream];
      row.read(stream * span + (long) window * steps, steps + 1);
      for (int t = 0; t < steps; t++) {
        int place = t * batchSize + stream;
        inputs[place] = row.id(t);
        targets[place] = row.id(t + 1);
        if (stateMask != null) {
          stateMask[place] = row.documentBegins(t) ? 0 : 1;
        }
      }
    }
  }
}
