package org.charrnn.text.engine;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where a text starts.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the array is not changed.
 */
public final class Start {

  private final Optional<RowState> state;
  private final int[] ids;

  /**
   * A start.
   *
   * @param state the state in which it starts; empty for that at the beginning of a text
   * @param ids the ids that are read first; not copied
   */
  public Start(Optional<RowState> state, int[] ids) {
    this.state = state;
    this.ids = ids;
  }

  /** The state in which it starts; empty for that at the beginning of a text. */
  public Optional<RowState> state() {
    return state;
  }

  /** The ids that are read first; the array itself. */
  public int[] ids() {
    return ids;
  }

  /** At the beginning of a text. */
  public static Start of(int... ids) {
    return new Start(Optional.empty(), ids);
  }

  /** The same start with more ids after its own. */
  public Start with(int... more) {
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return new Start(state, all);
  }

  Start withoutLast() {
    return new Start(state, Arrays.copyOf(ids, ids.length - 1));
  }

  /** The last id, in the state after all others. */
  Start last(RowState after) {
    return new Start(Optional.of(after), new int[] {ids[ids.length - 1]});
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Start that && state.equals(that.state) && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * state.hashCode() + Arrays.hashCode(ids);
  }
}
