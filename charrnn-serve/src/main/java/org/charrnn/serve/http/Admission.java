package org.charrnn.serve.http;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.charrnn.serve.options.Limits;

/**
 * Bounds the number of requests that are computed at once and of those that wait.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class Admission {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Limits limits;
  private final Consumer<Duration> waited;
  private final Semaphore running;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean draining;

  /**
   * Admits requests within the limits.
   *
   * @param waited receives how long each request has waited, whether or not it was then admitted
   */
  public Admission(Limits limits, Consumer<Duration> waited) {
    this.limits = limits;
    this.waited = waited;
    this.running = new Semaphore(limits.running(), true);
  }

  /** The right to compute, until it is closed. */
  public final class Permit implements AutoCloseable {

    private Permit() {}

    /** Lets another request compute. */
    @Override
    public void close() {
      running.release();
    }
  }

  /**
   * Waits until a request may be computed.
   *
   * @throws ApiException if too many requests wait, this one has waited too long, or the server
   *     stops
   */
  public Permit enter() {
    requireOpen();
    long start = System.nanoTime();
    boolean admitted = false;
    try {
      admitted = running.tryAcquire() || waitForOne();
    } finally {
      waited.accept(Duration.ofNanos(System.nanoTime() - start));
    }
    if (!admitted) {
      throw ApiException.busy(
          String.format(
              Locale.ROOT,
              "The server is busy: %d requests are running and %d are waiting. Try again later.",
              limits.running(),
              waiting.get()),
          RETRY_AFTER);
    }
    return new Permit();
  }

  private boolean waitForOne() {
    if (waiting.incrementAndGet() > limits.queue()) {
      waiting.decrementAndGet();
      return false;
    }
    try {
      return running.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(Errors.stopping());
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void requireOpen() {
    if (draining) {
      throw new ApiException(Errors.stopping());
    }
  }

  /** Rejects requests from now on. */
  public void drain() {
    draining = true;
  }

  /** Whether requests are rejected since the server stops. */
  public boolean isDraining() {
    return draining;
  }

  /** The number of requests that are being computed. */
  public int running() {
    return limits.running() - running.availablePermits();
  }

  /** The number of requests that wait. */
  public int waiting() {
    return waiting.get();
  }

  /**
   * Waits until no request is running or waiting.
   *
   * @return whether there is none
   */
  public boolean awaitIdle(Duration most) throws InterruptedException {
    boolean idle = running.tryAcquire(limits.running(), most.toMillis(), TimeUnit.MILLISECONDS);
    if (idle) {
      running.release(limits.running());
    }
    return idle;
  }
}
