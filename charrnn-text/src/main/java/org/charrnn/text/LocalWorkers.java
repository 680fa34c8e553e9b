package org.charrnn.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.charrnn.text.rounds.OuterStep;
import org.charrnn.text.rounds.PartText;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.RoundResult;
import org.charrnn.text.rounds.RoundRunner;
import org.charrnn.text.rounds.TextParts;
import org.charrnn.text.rounds.WorkerResult;
import org.charrnn.text.rounds.WorkerSetup;
import org.charrnn.text.rounds.WorkerStates;
import org.charrnn.text.steps.RoundWorker;

/**
 * Runs the workers of a round by threads of this process. Each thread has a session of its own, and
 * takes the next worker when it is done with one.
 */
final class LocalWorkers implements RoundRunner {

  private final CharRnn charRnn;
  private final WorkerSetup setup;
  private final TextParts parts;
  private final PartText text;
  private final ExecutorService threads;
  private final Queue<RoundWorker> idle = new ConcurrentLinkedQueue<>();

  /**
   * Workers.
   *
   * @param charRnn opens sessions for the threads
   * @param threadCount the number of threads
   */
  LocalWorkers(
      CharRnn charRnn, int threadCount, WorkerSetup setup, TextParts parts, PartText text) {
    this.charRnn = charRnn;
    this.setup = setup;
    this.parts = parts;
    this.text = text;
    this.threads =
        Executors.newFixedThreadPool(
            threadCount, Thread.ofPlatform().daemon().name("charrnn-worker-", 0).factory());
  }

  @Override
  public RoundResult run(Round round, WorkerStates states) {
    List<byte[]> before = states.read();
    List<CompletableFuture<WorkerResult>> running = new ArrayList<>();
    for (int i = 0; i < round.workers(); i++) {
      int worker = i;
      Optional<byte[]> state =
          before.isEmpty() ? Optional.empty() : Optional.of(before.get(worker));
      running.add(CompletableFuture.supplyAsync(() -> run(round, worker, state), threads));
    }
    List<WorkerResult> results = results(running);
    return new RoundResult(
        OuterStep.sum(results.stream().map(WorkerResult::values).toList()),
        results.stream().map(WorkerResult::report).toList(),
        WorkerStates.of(results.stream().map(WorkerResult::state).toList()));
  }

  private WorkerResult run(Round round, int worker, Optional<byte[]> state) {
    RoundWorker idleWorker = idle.poll();
    RoundWorker running = idleWorker == null ? charRnn.worker(setup) : idleWorker;
    try {
      return running.run(round, worker, text.slice(parts.part(worker)), state);
    } finally {
      idle.add(running);
    }
  }

  /** The results in the order of the workers; waits for all, and fails as the first that failed. */
  private static List<WorkerResult> results(List<CompletableFuture<WorkerResult>> running) {
    List<WorkerResult> results = new ArrayList<>();
    Optional<Throwable> failure = Optional.empty();
    for (CompletableFuture<WorkerResult> future : running) {
      try {
        results.add(future.join()); // not interrupted: a run ends after its round
      } catch (CompletionException e) {
        failure = failure.or(() -> Optional.ofNullable(e.getCause()));
      }
    }
    if (failure.isPresent()) {
      switch (failure.get()) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(failure.get());
      }
    }
    return results;
  }

  @Override
  public void close() {
    threads.close();
    for (RoundWorker worker = idle.poll(); worker != null; worker = idle.poll()) {
      worker.close();
    }
  }
}
