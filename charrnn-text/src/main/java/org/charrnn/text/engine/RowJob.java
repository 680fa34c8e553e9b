package org.charrnn.text.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.charrnn.text.decoding.Decoder;
import org.charrnn.text.decoding.Scorer;
import org.charrnn.text.decoding.Workspace;
import org.charrnn.text.engine.RowModel.Row;
import org.jspecify.annotations.Nullable;

/**
 * A text that is read and then continued by a decoder, in one row or in several.
 *
 * <p><b>Thread safety.</b> As {@link Job} says; all other methods belong to the engine.
 */
class RowJob extends Job {

  private final Start start;
  private final @Nullable Decoder decoder;
  private List<Row> rows = List.of();
  private int position;
  private volatile @Nullable RowState state;
  private boolean continues; // whether there is another step
  private @Nullable Throwable failure; // of the decoder

  /**
   * A job.
   *
   * @param decoder continues the text after the ids of {@code start}; null if these are only read
   */
  RowJob(Start start, @Nullable Decoder decoder) {
    this.start = start;
    this.decoder = decoder;
  }

  /** How many of the rows that are computed at once it may take. */
  int places(RowModel model) {
    return decoder == null ? 1 : Math.min(decoder.maxRows(), model.maxRows());
  }

  /** Creates its first row, unless it was paused and has rows. */
  void enter(RowModel model) {
    if (rows.isEmpty()) {
      rows = List.of(start.state().map(model::row).orElseGet(model::row));
    }
  }

  List<Row> rows() {
    return rows;
  }

  // ---- reading

  /** Whether so many ids are left to read that none of their scores is needed. */
  boolean hasChunk(int length) {
    return left() - (decoder == null ? 0 : 1) >= length;
  }

  /** Whether all ids were read and nothing is to follow. */
  boolean isRead() {
    return decoder == null && left() == 0;
  }

  private int left() {
    return start.ids().length - position;
  }

  int[] takeChunk(int length) {
    position += length;
    return Arrays.copyOfRange(start.ids(), position - length, position);
  }

  /** The state after everything was read, if nothing was to follow. */
  RowState state() {
    return Objects.requireNonNull(state);
  }

  /**
   * Ends it after everything was read and continued; a decoder that has ended the text has ended it
   * already.
   */
  final void complete(RowModel model) {
    if (decoder == null) {
      state = model.state(rows.getFirst());
      complete();
    }
  }

  // ---- its reader

  /** Whether it must not advance before its reader has taken some of its text. */
  boolean isFull() {
    return false;
  }

  /** Whether its reader has not been woken yet. */
  boolean isUnannounced() {
    return false;
  }

  /** Wakes its reader if there is more of the text since the last time. */
  void announce() {}

  /**
   * Called when the engine drops it because it is full. It is submitted again when its reader has
   * taken some of its text.
   */
  void pause() {}

  // ---- steps

  /** The id that a row reads in the next step. */
  int id(int row) {
    return left() > 0 || decoder == null ? start.ids()[position] : decoder.id(row);
  }

  /** It has read an id in each of its rows. Whether {@link #decode} must follow. */
  boolean advance() {
    if (left() > 0) {
      position++;
    }
    continues = left() > 0;
    return !continues && decoder != null;
  }

  /**
   * Decides how the text continues after a step. If it does not, this ends the job, whose reader
   * need not wait until the other texts are decoded. Any thread may call this, and several may do
   * so for several jobs.
   *
   * @param first the index of its first row in that step
   */
  void decode(Scorer scorer, int first, Workspace workspace) {
    try {
      continues = Objects.requireNonNull(decoder).next(scorer, first, workspace);
    } catch (RuntimeException | Error e) {
      failure = e;
      return;
    }
    if (!continues) {
      complete();
    }
  }

  /**
   * Prepares the next step. Throws the exception of {@link #decode} if that has failed.
   *
   * @return whether there is one
   */
  boolean follow(RowModel model) {
    switch (failure) {
      case null -> {}
      case Error e -> throw e;
      case Throwable e -> throw (RuntimeException) e;
    }
    if (continues && left() == 0 && decoder != null) {
      arrange(decoder, model);
    }
    return continues;
  }

  /** Arranges the rows as the decoder continues them. */
  private void arrange(Decoder following, RowModel model) {
    boolean same = following.rows() == rows.size();
    for (int row = 0; same && row < rows.size(); row++) {
      same = following.parent(row) == row;
    }
    if (!same) {
      List<Row> next = new ArrayList<>(following.rows());
      for (int row = 0; row < following.rows(); row++) {
        next.add(model.copy(rows.get(following.parent(row))));
      }
      rows = List.copyOf(next);
    }
  }
}
