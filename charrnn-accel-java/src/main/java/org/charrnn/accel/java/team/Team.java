package org.charrnn.accel.java.team;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that share one task at a time, the caller among them. A helper that has nothing to
 * do spins for a short while, since the next task of a program follows within microseconds, and
 * then parks.
 *
 * <p><b>Thread safety.</b> One thread at a time runs tasks.
 */
public final class Team implements AutoCloseable {

  /** What is shared out. */
  public interface Task {
    /** Does share {@code part} of {@code parts}. Shares do not depend on one another. */
    void run(int part, int parts);
  }

  /** About what it takes to wake a parked thread. */
  private static final long SPIN_NANOS = 60_000;

  private static final long PAUSE_NANOS = 10_000;

  private final List<Helper> helpers = new ArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private Task task = (_, _) -> {}; // written before round changes
  private final AtomicInteger round = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  /** A team of {@code size} threads, the caller among them. */
  public Team(int size) {
    for (int part = 1; part < size; part++) {
      helpers.add(new Helper(part, size));
    }
    helpers.forEach(Thread::start);
  }

  /** The number of threads. */
  public int size() {
    return helpers.size() + 1;
  }

  /** Runs a task, on all threads if that is worth it, else as one share on this one. */
  public void run(Task work, boolean shared) {
    if (shared) {
      run(work);
    } else {
      work.run(0, 1);
    }
  }

  /** Runs all shares of {@code work} and returns when the last is done. */
  public void run(Task work) {
    if (helpers.isEmpty()) {
      work.run(0, 1);
      return;
    }
    task = work;
    running.set(helpers.size());
    round.incrementAndGet();
    for (int i = 0; i < helpers.size(); i++) {
      helpers.get(i).wake();
    }
    try {
      work.run(0, size());
    } finally {
      await();
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a helper thread failed: " + thrown, thrown);
    }
  }

  private void await() {
    long patience = System.nanoTime() + SPIN_NANOS;
    while (running.get() != 0) {
      if (System.nanoTime() < patience) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(this, PAUSE_NANOS); // the helper may be waiting for this processor
      }
    }
  }

  /** Ends the helpers. */
  @Override
  public void close() {
    closed = true;
    round.incrementAndGet();
    helpers.forEach(Helper::wake);
  }

  private final class Helper extends Thread {
    private final int part;
    private final int parts;
    private volatile boolean parked;

    Helper(int part, int parts) {
      super("charrnn-worker-" + part);
      setDaemon(true);
      this.part = part;
      this.parts = parts;
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      int seen = 0;
      while (true) {
        seen = next(seen);
        if (closed) {
          return;
        }
        try {
          task.run(part, parts);
        } catch (Throwable e) { // whatever it is, the caller waits for this share
          failure = e;
        } finally {
          running.decrementAndGet();
        }
      }
    }

    private int next(int seen) {
      long patience = System.nanoTime() + SPIN_NANOS;
      while (round.get() == seen && System.nanoTime() < patience) {
        Thread.onSpinWait();
      }
      if (round.get() == seen) {
        parked = true;
        while (round.get() == seen) {
          LockSupport.park(Team.this);
        }
        parked = false;
      }
      return round.get();
    }
  }
}
