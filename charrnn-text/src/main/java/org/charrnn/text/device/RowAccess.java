package org.charrnn.text.device;

import org.charrnn.api.HostRows;
import org.charrnn.api.Memory;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes single rows of the memory of a program. Memory of a device is copied as a whole:
 * from the device at most once after each run, and to it at most once before the next one.
 *
 * <p><b>Thread safety.</b> That of the session; after {@link #fetch} any number of threads may read
 * until the next run.
 */
final class RowAccess {

  private final Memory memory;
  private final @Nullable HostRows onHost;
  private final int columns;
  private final float[] copy; // empty if the memory is on the host
  private boolean isFetched;
  private boolean isChanged;

  RowAccess(Memory memory) {
    this.memory = memory;
    this.onHost = memory.hostRows().orElse(null);
    this.columns = memory.shape().columns();
    this.copy = new float[onHost == null ? memory.shape().elements() : 0];
  }

  /** The length of a row. */
  int columns() {
    return columns;
  }

  /** Copies all rows from the device, unless that was done after the last run. */
  void fetch() {
    if (onHost == null && !isFetched) {
      memory.read(copy);
      isFetched = true;
    }
  }

  /** Copies a row. */
  void read(int row, float[] values) {
    if (onHost != null) {
      onHost.read(row, values);
    } else {
      fetch();
      System.arraycopy(copy, row * columns, values, 0, columns);
    }
  }

  /** Overwrites a row. */
  void write(int row, float[] values) {
    if (onHost != null) {
      onHost.write(row, values);
    } else {
      fetch();
      System.arraycopy(values, 0, copy, row * columns, columns);
      isChanged = true;
    }
  }

  /** Called before the program runs. */
  void beforeRun() {
    if (isChanged) {
      memory.write(copy);
      isChanged = false;
    }
    isFetched = false;
  }
}
