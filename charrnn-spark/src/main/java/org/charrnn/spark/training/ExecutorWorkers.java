package org.charrnn.spark.training;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.StreamedText;
import org.charrnn.text.rounds.WorkerResult;
import org.charrnn.text.rounds.WorkerSetup;
import org.charrnn.text.steps.RoundWorker;

/**
 * The open workers of a process. A task takes one that is idle, or opens one: there are as many as
 * tasks run at the same time. They stay open for the next round, until a task of another training
 * arrives or the process ends.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class ExecutorWorkers {

  /** A process has one executor, and tasks have no other place that outlives them. */
  static final ExecutorWorkers SHARED = new ExecutorWorkers();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SHARED::closeAll, "charrnn-spark-workers"));
  }

  /** A worker with the setup that it was opened with. */
  private record Open(WorkerSetup setup, RoundWorker worker) {}

  private final Map<String, Deque<Open>> idle = new HashMap<>(); // by training

  /** Runs a task. */
  WorkerResult run(SharedSetup setup, Round round, WorkerTask task) {
    Open open = take(setup);
    boolean isUsable = false;
    try (StreamedText text = setup.open(open.setup())) {
      WorkerResult result =
          open.worker()
              .run(
                  round,
                  task.worker(),
                  text.slice(setup.parts().part(task.worker())),
                  Optional.ofNullable(task.state()));
      isUsable = true;
      return result;
    } finally {
      if (isUsable) {
        put(setup.run(), open);
      } else {
        open.worker().close();
      }
    }
  }

  private Open take(SharedSetup setup) {
    List<Open> others = new ArrayList<>();
    Open known;
    synchronized (this) {
      idle.entrySet()
          .removeIf(it -> !it.getKey().equals(setup.run()) && others.addAll(it.getValue()));
      Deque<Open> own = idle.get(setup.run());
      known = own == null ? null : own.poll();
    }
    others.forEach(it -> it.worker().close());
    if (known != null) {
      return known;
    }
    WorkerSetup worker = WorkerSetup.of(setup.worker());
    return new Open(worker, setup.compute().charRnnOfTask().worker(worker));
  }

  private synchronized void put(String run, Open open) {
    idle.computeIfAbsent(run, _ -> new ArrayDeque<>()).push(open);
  }

  /** Closes the idle workers of a training that has ended. */
  void close(String run) {
    Deque<Open> own;
    synchronized (this) {
      own = idle.remove(run);
    }
    if (own != null) {
      own.forEach(it -> it.worker().close());
    }
  }

  private void closeAll() {
    List<String> runs;
    synchronized (this) {
      runs = List.copyOf(idle.keySet());
    }
    runs.forEach(this::close);
  }
}
