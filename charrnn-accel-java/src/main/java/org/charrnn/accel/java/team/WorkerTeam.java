package org.charrnn.accel.java.team;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A few workers that split one piece of work at a time: the calling thread and helper threads,
 * which all teams of a process share. A helper thread starts when work is split for the first time.
 * After that it spins for a short while, since the next task of a program follows within
 * microseconds, then it parks, and it ends when it was idle for long. The calling thread does the
 * parts of helpers that are busy with another team, so that many sessions need no more helper
 * threads than one.
 *
 * <p><b>Thread safety.</b> One thread at a time runs work; any thread may close the team meanwhile.
 */
public final class WorkerTeam implements AutoCloseable {

  private final List<Helper> helpers;
  private final List<Helper.Part> parts;
  private final boolean[] given;
  private volatile boolean closed;

  /** A team of {@code size} workers, the calling thread among them. */
  public WorkerTeam(int size) {
    this(size, HelperThreads.OF_PROCESS);
  }

  /** A team of {@code size} workers with some of these helpers. */
  WorkerTeam(int size, HelperThreads threads) {
    helpers = threads.of(size);
    parts = IntStream.range(1, size).mapToObj(worker -> new Helper.Part(worker, size)).toList();
    given = new boolean[size - 1];
  }

  /** The number of workers. */
  public int size() {
    return given.length + 1;
  }

  /**
   * Does work, in as many parts as there are workers if {@code split}, else as one part in this
   * thread. Returns when all parts are done.
   *
   * @throws IllegalStateException if the work would be split but the team is closed, or if a helper
   *     thread failed
   */
  public void run(Work work, boolean split) {
    if (split && given.length > 0) {
      split(work);
    } else {
      work.run(0, 1);
    }
  }

  private void split(Work work) {
    if (closed) {
      throw new IllegalStateException("the session was closed while a program was running in it");
    }
    Throwable failure = null;
    try {
      for (int i = 0; i < given.length; i++) {
        given[i] = helpers.get(i).give(parts.get(i), work);
      }
      work.run(0, size());
      for (int i = 0; i < given.length; i++) {
        if (!given[i]) {
          work.run(i + 1, size());
        }
      }
    } finally {
      for (int i = 0; i < given.length; i++) {
        if (given[i]) {
          given[i] = false;
          Throwable thrown = helpers.get(i).await(parts.get(i));
          failure = failure == null ? thrown : failure;
        }
      }
    }
    if (failure != null) {
      throw new IllegalStateException("a worker thread failed: " + failure, failure);
    }
  }

  /** Ends helper threads that have no work; work that is running is completed. */
  @Override
  public void close() {
    closed = true;
    helpers.forEach(Helper::leave);
  }
}
