package org.charrnn.accel.java.runtime;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A few workers that split one piece of work at a time: the calling thread and helper threads. A
 * helper thread starts when work is split for the first time. After that it spins for a short
 * while, since the next task of a program follows within microseconds, then it parks, and it ends
 * when it was idle for long. Nothing but work that is running refers from a helper thread to this
 * team, so that the threads of a team that was never closed end too.
 *
 * <p><b>Thread safety.</b> One thread at a time runs work; any thread may close the team meanwhile.
 */
public final class WorkerTeam implements AutoCloseable {

  /** About the time that it takes to wake a parked thread. */
  private static final long SPIN_NANOS = 60_000;

  private static final long PAUSE_NANOS = 10_000;

  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Helper[] helpers;
  private volatile boolean closed;

  /** A team of {@code size} workers, the calling thread among them. */
  public WorkerTeam(int size) {
    this(size, IDLE);
  }

  /**
   * A team of {@code size} workers.
   *
   * @param idle the time without work after which a helper thread ends
   */
  WorkerTeam(int size, Duration idle) {
    helpers =
        IntStream.range(1, size)
            .mapToObj(worker -> new Helper(worker, size, idle.toNanos()))
            .toArray(Helper[]::new);
  }

  /** The number of workers. */
  public int size() {
    return helpers.length + 1;
  }

  /**
   * Does work, in as many parts as there are workers if {@code split}, else as one part in this
   * thread. Returns when all parts are done.
   *
   * @throws IllegalStateException if the work would be split but the team is closed, or if a helper
   *     thread failed
   */
  public void run(Work work, boolean split) {
    if (split && helpers.length > 0) {
      split(work);
    } else {
      work.run(0, 1);
    }
  }

  private void split(Work work) {
    if (closed) {
      throw new IllegalStateException("the session was closed while a program was running in it");
    }
    try {
      for (Helper helper : helpers) {
        helper.give(work);
      }
      work.run(0, size());
    } finally {
      for (Helper helper : helpers) {
        helper.await();
      }
    }
    for (Helper helper : helpers) {
      helper.rethrow();
    }
  }

  /** Ends the helper threads; work that is running is completed. */
  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      helper.close();
    }
  }

  /**
   * A worker that is not the caller. Its thread may have ended; the thread that gives it work then
   * starts another one. Work that was given is always done, also after {@link #close}.
   */
  private static final class Helper implements Runnable {

    private final int worker;
    private final int workers;
    private final long idleNanos;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile @Nullable Work work; // null when it is done
    private volatile @Nullable Throwable failure;
    private volatile boolean parked;
    private volatile boolean closed;

    Helper(int worker, int workers, long idleNanos) {
      this.worker = worker;
      this.workers = workers;
      this.idleNanos = idleNanos;
    }

    void give(Work next) {
      work = next;
      Thread current = thread.get();
      if (current == null) {
        start();
      } else if (parked) {
        LockSupport.unpark(current);
      }
    }

    private void start() {
      Thread next =
          Thread.ofPlatform()
              .daemon()
              .name("charrnn-worker-" + worker)
              .inheritInheritableThreadLocals(false)
              .unstarted(this);
      if (thread.compareAndSet(null, next)) { // else the previous thread saw the work
        boolean started = false;
        try {
          next.start();
          started = true;
        } finally {
          if (!started) {
            work = null;
            thread.set(null);
          }
        }
      }
    }

    /** Waits until the work is done. */
    void await() {
      long start = System.nanoTime();
      while (work != null) {
        if (System.nanoTime() - start < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, PAUSE_NANOS); // the helper may be waiting for this processor
        }
      }
    }

    void rethrow() {
      Throwable thrown = failure;
      if (thrown != null) {
        failure = null;
        throw new IllegalStateException("a worker thread failed: " + thrown, thrown);
      }
    }

    void close() {
      closed = true;
      LockSupport.unpark(thread.get());
    }

    @Override
    public void run() {
      while (hasWork() || !end()) {
        try {
          Objects.requireNonNull(work).run(worker, workers);
        } catch (Throwable e) { // of any kind: the caller waits for this part
          failure = e;
        } finally {
          work = null;
        }
      }
    }

    /** Ends this thread, unless work was given meanwhile and no other thread was started for it. */
    private boolean end() {
      thread.set(null);
      return work == null || !thread.compareAndSet(null, Thread.currentThread());
    }

    /** Waits for work; false if the team is closed or none came for long. */
    private boolean hasWork() {
      long start = System.nanoTime();
      while (work == null && !closed && System.nanoTime() - start < SPIN_NANOS) {
        Thread.onSpinWait();
      }
      if (work == null) {
        parked = true;
        long left = idleNanos;
        while (work == null && !closed && left > 0) {
          LockSupport.parkNanos(this, left);
          left = start + idleNanos - System.nanoTime();
        }
        parked = false;
      }
      return work != null;
    }
  }
}
