package org.charrnn.text.device;

import java.util.Objects;
import org.charrnn.text.engine.RowModel.Row;
import org.jspecify.annotations.Nullable;

/**
 * A row, whose state is either here or in a slot of a program.
 *
 * <p><b>Thread safety.</b> That of the session.
 */
final class DeviceRow implements Row {

  private float @Nullable [] state; // never changed
  private @Nullable RowPlacement placement;
  private int slot;
  private int[] recent;

  /**
   * A row that is in no program.
   *
   * @param state its state; not copied
   * @param recent the last ids that it has read
   */
  DeviceRow(float[] state, int[] recent) {
    this.state = state;
    this.recent = recent;
  }

  /** Its state, which is not changed later. */
  float[] state() {
    return placement != null ? placement.state(slot) : Objects.requireNonNull(state);
  }

  /** Whether its state is in a program of that placement. */
  @SuppressWarnings("ReferenceEquality") // that very one
  boolean isIn(RowPlacement other) {
    return placement == other;
  }

  /** The slot of the program in which its state is. */
  int slot() {
    return slot;
  }

  /** Its state is in a slot of a program. */
  void moveTo(RowPlacement next, int nextSlot) {
    if (placement != null) {
      placement.free(slot);
    }
    placement = next;
    slot = nextSlot;
    state = null;
  }

  /** Its state is here, as another row takes its slot. */
  void moveOut(float[] values) {
    placement = null;
    state = values;
  }

  /** The last ids that it has read, as many as are needed to detect where documents begin. */
  int[] recent() {
    return recent;
  }

  /** It has read more. */
  void setRecent(int[] ids) {
    recent = ids;
  }
}
