package org.charrnn.text.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how much an engine computes.
 *
 * <p><b>Thread safety.</b> The thread that computes adds; any thread reads, perhaps the figures of
 * a moment ago.
 */
public final class Meter {

  private final AtomicInteger rows = new AtomicInteger();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong rowSteps = new AtomicLong();
  private final AtomicLong busyNanos = new AtomicLong();

  Meter() {}

  /** A step of so many rows was computed. */
  void addStep(int count) {
    rows.lazySet(count);
    add(steps, 1);
    add(rowSteps, count);
  }

  /** No text is generated now. */
  void rest() {
    rows.lazySet(0);
  }

  /** Time was spent computing. */
  void addBusy(long nanos) {
    add(busyNanos, nanos);
  }

  /** Cheaper than an atomic addition, which the only thread that adds does not need. */
  private static void add(AtomicLong total, long value) {
    total.lazySet(total.getPlain() + value);
  }

  /** The number of rows in the last step; 0 if no text is generated now. */
  public int rows() {
    return rows.get();
  }

  /** The number of steps. */
  public long steps() {
    return steps.get();
  }

  /** The rows of all steps together. */
  public long rowSteps() {
    return rowSteps.get();
  }

  /** The time that was spent computing. */
  public long busyNanos() {
    return busyNanos.get();
  }
}
