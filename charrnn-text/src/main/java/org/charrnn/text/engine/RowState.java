package org.charrnn.text.engine;

import java.util.Arrays;

/**
 * The state of a model after it has read a text: everything that its next scores depend on.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the arrays are not changed.
 */
public final class RowState {

  private final float[] carried;
  private final int[] recent;

  /**
   * A state; the arrays are not copied.
   *
   * @param carried the carried states of the network in their order, H numbers each
   * @param recent the last ids that were read, if the beginning of a document depends on them
   */
  public RowState(float[] carried, int[] recent) {
    this.carried = carried;
    this.recent = recent;
  }

  /** The carried states of the network in their order, H numbers each; the array itself. */
  public float[] carried() {
    return carried;
  }

  /**
   * The last ids that were read, if the beginning of a document depends on them; the array itself.
   */
  public int[] recent() {
    return recent;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowState that
        && Arrays.equals(carried, that.carried)
        && Arrays.equals(recent, that.recent);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(carried) + Arrays.hashCode(recent);
  }
}
