package org.charrnn.text.engine;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.charrnn.text.decoding.Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Computes the requests of any number of threads on one model. All of it happens on one thread:
 * either on a thread of its own, which starts when there is work and ends when there was none for a
 * while, or, for a model that belongs to a training, on the thread of the caller.
 *
 * <p><b>Thread safety.</b> Any number of threads, virtual ones included; one thread at a time if it
 * computes on the thread of the caller.
 */
public final class Engine implements AutoCloseable {

  /** The time without work after which the thread ends. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Meter meter = new Meter();
  private final Loop loop;
  private final boolean inline;
  private final long idleNanos;
  private final Queue<Job> arrivals = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Thread thread; // guarded by the lock
  private volatile boolean closed;

  private Engine(RowModel model, boolean inline, Duration idle) {
    this.loop = new Loop(model, meter);
    this.inline = inline;
    this.idleNanos = idle.toNanos();
  }

  /** Computes on a thread of its own. */
  public static Engine threaded(RowModel model) {
    return threaded(model, IDLE);
  }

  /** The same with another time without work after which the thread ends. */
  static Engine threaded(RowModel model, Duration idle) {
    return new Engine(model, false, idle);
  }

  /** Computes on the threads of its callers. */
  public static Engine inline(RowModel model) {
    return new Engine(model, true, IDLE);
  }

  // ---- requests

  /**
   * Does work, and waits for it.
   *
   * @throws CancellationException if the thread is interrupted, which it stays; an engine that
   *     computes on the threads of its callers does all the work
   * @throws IllegalStateException if the model is closed
   */
  public <T> T run(Work<T> work) {
    WorkJob job = new WorkJob(work);
    submit(job);
    awaitEnd(job);
    return work.result();
  }

  /** Does work that is done at once, and waits for it whether or not the thread is interrupted. */
  public <T> T call(Supplier<T> work) {
    Call<T> call = new Call<>(work);
    WorkJob job = new WorkJob(call);
    submit(job);
    awaitUninterrupted(job);
    return call.result();
  }

  /**
   * Reads all ids but the last one.
   *
   * @return the state after them, and the last id
   * @throws CancellationException as {@link #run}
   */
  public Start read(Start start) {
    requireOpen();
    if (start.ids().length < 2) {
      return start;
    }
    RowJob job = new RowJob(start.withoutLast(), null);
    submit(job);
    awaitEnd(job);
    return start.last(job.state());
  }

  /** The same; empty if the thread is interrupted before. */
  Optional<Start> readUnlessInterrupted(Start start) {
    if (start.ids().length < 2) {
      return Optional.of(start);
    }
    RowJob job = new RowJob(start.withoutLast(), null);
    if (!Thread.currentThread().isInterrupted()) {
      submit(job);
      await(job, job::hasEnded, Optional.empty());
    }
    if (!job.hasEnded()) {
      job.cancel();
      return Optional.empty();
    }
    job.requireSuccess();
    return Optional.of(start.last(job.state()));
  }

  /**
   * Continues a text by a decoder until that has ended.
   *
   * @param start where the text starts, with at least one id
   * @throws CancellationException as {@link #run}
   */
  public <D extends Decoder> D decode(Start start, D decoder) {
    RowJob job = new RowJob(start, decoder);
    submit(job);
    awaitEnd(job);
    return decoder;
  }

  /** How much was computed. */
  public Meter meter() {
    return meter;
  }

  /** The number of texts that are being read or generated; those that wait for a reader are not. */
  public int active() {
    return call(loop::active);
  }

  private void awaitEnd(Job job) {
    if (inline) {
      awaitUninterrupted(job);
      return;
    }
    while (!job.hasEnded()) {
      await(job, job::hasEnded, Optional.empty());
      if (!job.hasEnded() && Thread.currentThread().isInterrupted()) {
        job.cancel();
        throw new CancellationException("the thread was interrupted");
      }
    }
    job.requireSuccess();
  }

  private void awaitUninterrupted(Job job) {
    boolean interrupted = false;
    while (!job.hasEnded()) {
      await(job, job::hasEnded, Optional.empty());
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    job.requireSuccess();
  }

  /**
   * Waits until a condition is met that holds at the latest when the job ends, or until the thread
   * is interrupted, or until a time of {@link System#nanoTime}. May return earlier.
   */
  void await(Job job, BooleanSupplier condition, Optional<Long> deadline) {
    if (inline) {
      computeUntil(condition, deadline);
      return;
    }
    job.beginWaiting();
    try {
      while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
        if (deadline.isEmpty()) {
          LockSupport.park(this);
        } else {
          long left = deadline.get() - System.nanoTime();
          if (left <= 0) {
            return;
          }
          LockSupport.parkNanos(this, left);
        }
      }
    } finally {
      job.endWaiting();
    }
  }

  private void computeUntil(BooleanSupplier condition, Optional<Long> deadline) {
    while (!condition.getAsBoolean()) {
      requireOpen();
      loop.iterate();
      if (Thread.currentThread().isInterrupted()
          || (deadline.isPresent() && deadline.get() - System.nanoTime() <= 0)) {
        return;
      }
    }
  }

  // ---- the thread

  void submit(Job job) {
    lock.lock();
    try {
      requireOpen();
      if (inline) {
        loop.add(job);
        return;
      }
      arrivals.add(job);
      if (thread == null) {
        start(job);
      } else {
        LockSupport.unpark(thread);
      }
    } finally {
      lock.unlock();
    }
  }

  private void start(Job job) {
    Thread next =
        Thread.ofPlatform()
            .daemon()
            .name("charrnn-engine")
            .inheritInheritableThreadLocals(false)
            .unstarted(this::compute);
    thread = next;
    boolean started = false;
    try {
      next.start();
      started = true;
    } finally {
      if (!started) {
        thread = null;
        arrivals.remove(job);
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw closedException();
    }
  }

  private static IllegalStateException closedException() {
    return new IllegalStateException("the model was closed");
  }

  private void compute() {
    boolean ended = false;
    while (!closed && !ended) {
      takeArrivals();
      if (loop.isIdle()) {
        ended = !awaitArrival() && end();
      } else {
        iterate();
      }
    }
    if (!ended) {
      takeArrivals();
      loop.fail(closedException());
    }
  }

  /** Whatever fails, no caller waits forever. */
  private void iterate() {
    try {
      loop.iterate();
    } catch (RuntimeException | Error e) {
      loop.fail(e);
    }
  }

  private void takeArrivals() {
    for (Job job = arrivals.poll(); job != null; job = arrivals.poll()) {
      loop.add(job);
    }
  }

  /** Waits for a job; false if the model is closed or none came for long. */
  private boolean awaitArrival() {
    long start = System.nanoTime();
    long left = idleNanos;
    while (arrivals.isEmpty() && !closed && left > 0) {
      LockSupport.parkNanos(this, left);
      boolean _ = Thread.interrupted(); // else it would not park
      left = start + idleNanos - System.nanoTime();
    }
    return !arrivals.isEmpty();
  }

  /** Ends the thread unless a job has come meanwhile. */
  private boolean end() {
    lock.lock();
    try {
      if (closed || !arrivals.isEmpty()) {
        return false;
      }
      thread = null;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends all requests with an {@link IllegalStateException}. When it returns, nothing is computed
   * any more and the thread has ended. Closing twice does nothing.
   */
  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      closed = true;
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running != null) {
      LockSupport.unpark(running);
      Uninterruptibles.joinUninterruptibly(running);
    }
  }
}
