package org.charrnn.text.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a text that {@link PieceWindows} reads in one go, and the place of its results. The
 * pieces of a text share its ids and its results.
 *
 * <p><b>Thread safety.</b> One thread at a time, except for {@link #cancel}.
 */
public final class Piece {

  private final int[] ids;
  private final int first;
  private final int counted;
  private final int end;
  private final float[] results;
  private final float @Nullable [] start;
  private @Nullable ModelDivergedException failure;
  private volatile boolean cancelled;
  private boolean finished;

  /**
   * A piece that is read from a zero state, or from a given one.
   *
   * @param ids the ids of the whole text
   * @param first the index of the first id to read; those before it are not read, but may show
   *     where a document begins
   * @param counted the index of the first id with a result
   * @param end the index after the last id to read
   * @param results receives the results, as many values for each index as a result has
   * @param start the carried states before the first id, concatenated; null for zeros
   */
  public Piece(
      int[] ids, int first, int counted, int end, float[] results, float @Nullable [] start) {
    if (first < 0 || first > counted || counted >= end || end > ids.length) {
      throw new IllegalArgumentException(
          "no piece: " + first + ", " + counted + ", " + end + " of " + ids.length);
    }
    this.ids = ids;
    this.first = first;
    this.counted = counted;
    this.end = end;
    this.results = results;
    this.start = start;
  }

  /**
   * The pieces of this one: a long text is split as {@link EvaluationProgram} splits it, into as
   * many pieces of equal length as {@link EvaluationProgram#streams} says, each but the first of
   * which begins {@code warmUp} ids early, in a state of zeros.
   */
  public List<Piece> split(int warmUp) {
    int streams = EvaluationProgram.streams(ids.length, EvaluationProgram.MAX_STREAMS);
    int span = Math.ceilDiv(end, streams);
    List<Piece> pieces = new ArrayList<>(streams);
    for (int begin = 0; begin < end; begin += span) {
      int last = Math.min(begin + span, end);
      int from = Math.max(begin, counted);
      if (from < last) {
        int early = begin - warmUp;
        boolean atStart = early <= first;
        pieces.add(
            new Piece(ids, atStart ? first : early, from, last, results, atStart ? start : null));
      }
    }
    return pieces;
  }

  /** Drops this piece before the next window is read. Any thread may call this. */
  public void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Whether all results are there, or the reason why there are none. */
  public boolean isFinished() {
    return finished;
  }

  void finish() {
    finished = true;
  }

  /** The reason why there are no results, if a result was not finite. */
  public Optional<ModelDivergedException> failure() {
    return Optional.ofNullable(failure);
  }

  /** The number of ids to read. */
  public int length() {
    return end - first;
  }

  boolean beginsFromZero() {
    return start == null;
  }

  float @Nullable [] start() {
    return start;
  }

  int[] ids() {
    return ids;
  }

  int first() {
    return first;
  }

  int end() {
    return end;
  }

  /** The id after the one at {@code index} if the latter has a result, else a negative number. */
  int target(int index) {
    return index >= counted && index + 1 < ids.length ? ids[index + 1] : -1;
  }

  /** Takes over the result of the id at {@code index}, unless it has none. */
  void accept(int index, float[] from, int offset, int width) {
    if (index < counted) {
      return;
    }
    for (int i = offset; i < offset + width; i++) {
      if (!Float.isFinite(from[i])) {
        failure = new ModelDivergedException("output after symbol " + index, from[i]);
        return;
      }
    }
    System.arraycopy(from, offset, results, index * width, width);
  }
}
