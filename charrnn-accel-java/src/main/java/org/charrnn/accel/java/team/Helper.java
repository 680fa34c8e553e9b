package org.charrnn.accel.java.team;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A worker that is not the caller. It does one part at a time, of whichever team gives one first.
 * Its thread may have ended; the thread that gives it a part then starts another one. A part that
 * was given is always done. Between parts, nothing refers from the thread to a team.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class Helper implements Runnable {

  /** About the time that it takes to wake a parked thread. */
  private static final long SPIN_NANOS = 60_000;

  private static final long PAUSE_NANOS = 10_000;

  private final int worker;
  private final long idleNanos;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private final AtomicReference<@Nullable Part> part =
      new AtomicReference<>(); // null if it is free
  private volatile boolean parked;
  private volatile boolean leaving;

  Helper(int worker, long idleNanos) {
    this.worker = worker;
    this.idleNanos = idleNanos;
  }

  /** The part of a team's work that a helper does, one work after another. */
  static final class Part {

    private final int worker;
    private final int workers;
    private @Nullable Work work; // published by giving the part
    private @Nullable Throwable failure; // published by taking the part away

    Part(int worker, int workers) {
      this.worker = worker;
      this.workers = workers;
    }

    private void run() {
      try {
        Objects.requireNonNull(work).run(worker, workers);
      } catch (Throwable e) { // of any kind: the caller waits for this part
        failure = e;
      }
    }
  }

  /**
   * Gives a part of a work.
   *
   * @return false if the helper is busy with a part of another team
   */
  boolean give(Part next, Work work) {
    next.work = work;
    if (!part.compareAndSet(null, next)) {
      next.work = null;
      return false;
    }
    Thread current = thread.get();
    if (current == null) {
      start();
    } else if (parked) {
      LockSupport.unpark(current);
    }
    return true;
  }

  private void start() {
    Thread next =
        Thread.ofPlatform()
            .daemon()
            .name("charrnn-worker-" + worker)
            .inheritInheritableThreadLocals(false)
            .unstarted(this);
    if (thread.compareAndSet(null, next)) { // else the previous thread saw the part
      leaving = false;
      boolean started = false;
      try {
        next.start();
        started = true;
      } finally {
        if (!started) {
          part.set(null);
          thread.set(null);
        }
      }
    }
  }

  /**
   * Waits until a part that was given is done.
   *
   * @return the exception with which it failed, or null
   */
  @Nullable Throwable await(Part given) {
    long start = System.nanoTime();
    while (part.get() == given) {
      if (System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, PAUSE_NANOS); // the helper may be waiting for this processor
      }
    }
    Throwable thrown = given.failure;
    given.work = null;
    given.failure = null;
    return thrown;
  }

  /** Ends the thread when it has no part; one starts again for the next part. */
  void leave() {
    leaving = true;
    LockSupport.unpark(thread.get());
  }

  @Override
  public void run() {
    while (hasPart() || !end()) {
      doPart();
    }
  }

  private void doPart() {
    Objects.requireNonNull(part.get()).run();
    part.set(null);
  }

  /** Ends this thread, unless a part was given meanwhile and no other thread was started for it. */
  private boolean end() {
    thread.set(null);
    return part.get() == null || !thread.compareAndSet(null, Thread.currentThread());
  }

  /** Waits for a part; false if the thread is to end or has been idle for too long. */
  private boolean hasPart() {
    long start = System.nanoTime();
    while (part.get() == null && !leaving && System.nanoTime() - start < SPIN_NANOS) {
      Thread.onSpinWait();
    }
    if (part.get() == null) {
      parked = true;
      long left = idleNanos;
      while (part.get() == null && !leaving && left > 0) {
        LockSupport.parkNanos(this, left);
        left = start + idleNanos - System.nanoTime();
      }
      parked = false;
    }
    return part.get() != null;
  }
}
