package org.charrnn.serve.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The speed at which a total grows, between two times at which it is asked for.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class Throughput {

  /** The speed over a shorter time would be random. */
  private static final long MIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier total;
  private final LongSupplier nanoTime;
  private long before;
  private long at;
  private double perSecond;

  /**
   * The speed of a total.
   *
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  Throughput(LongSupplier total, LongSupplier nanoTime) {
    this.total = total;
    this.nanoTime = nanoTime;
    this.before = total.getAsLong();
    this.at = nanoTime.getAsLong();
  }

  /** The speed since this method was called before, or the previous one if that was just now. */
  synchronized double perSecond() {
    long now = nanoTime.getAsLong();
    if (now - at >= MIN_NANOS) {
      long then = before;
      before = total.getAsLong();
      perSecond = Math.max(0, before - then) * 1e9 / (now - at); // a new model starts at zero
      at = now;
    }
    return perSecond;
  }
}
