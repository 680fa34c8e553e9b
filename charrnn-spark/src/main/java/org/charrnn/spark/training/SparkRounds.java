package org.charrnn.spark.training;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.RoundResult;
import org.charrnn.text.rounds.RoundRunner;
import org.charrnn.text.rounds.WorkerReport;
import org.charrnn.text.rounds.WorkerResult;
import org.charrnn.text.rounds.WorkerStates;
import org.jspecify.annotations.Nullable;

/**
 * Runs each round as a job. The states of the workers stay on the executors until a checkpoint
 * needs them; Spark computes lost ones again from the round in which they were last read.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class SparkRounds implements RoundRunner {

  /**
   * The rounds after which workers start from states that the driver has read, which limits what a
   * loss costs.
   */
  private static final int LONGEST_LINEAGE = 10;

  /** The beginning of the descriptions of jobs. */
  static final String NAME = "charrnn round";

  private final JavaSparkContext spark;
  private final String run;
  private final Broadcast<SharedSetup> setup;
  // Of the rounds since states were last read; a lost one is computed again from their weights.
  private final Deque<Computed> computed = new ArrayDeque<>();
  private final List<Broadcast<byte[]>> started = new ArrayList<>(); // the states before these

  /** A round whose results are on executors. */
  private record Computed(Broadcast<Round> round, JavaRDD<WorkerResult> results) {}

  SparkRounds(JavaSparkContext spark, SharedSetup setup) {
    this.spark = spark;
    this.run = setup.run();
    this.setup = spark.broadcast(setup);
  }

  @Override
  public RoundResult run(Round round, WorkerStates states) {
    JavaRDD<WorkerTask> tasks = tasks(round.workers(), states);
    Broadcast<Round> sent = spark.broadcast(round);
    Broadcast<SharedSetup> shared = setup;
    JavaRDD<WorkerResult> results =
        tasks
            .map(task -> task.run(shared.value(), sent.value()))
            .persist(StorageLevel.MEMORY_AND_DISK());
    computed.add(new Computed(sent, results));
    freeResults();
    int slices = slices(round);
    spark.sc().setJobDescription(NAME + ": " + round);
    List<SlicePart.Sum> sums =
        collect(
            results
                .flatMapToPair(result -> SlicePart.cut(result, slices))
                .groupByKey(slices)
                .map(slice -> SlicePart.sum(slice._1(), slice._2())));
    float[] sum = new float[round.weights().length];
    List<WorkerReport> reports = List.of();
    for (SlicePart.Sum slice : sums) {
      int start = SlicePart.start(slice.slice(), slices, sum.length);
      System.arraycopy(slice.values(), 0, sum, start, slice.values().length);
      reports = slice.reports();
    }
    return new RoundResult(sum, reports, new States(results));
  }

  /** Runs a job. Exceptions for the user come out as if they had been thrown here. */
  private <T> List<T> collect(JavaRDD<T> results) {
    try {
      return results.collect();
    } catch (Exception e) { // Spark throws checked ones, too, without saying so
      Throwable cause = e;
      while (cause != null && !(cause instanceof CharRnnException)) {
        cause = cause.getCause();
      }
      if (cause instanceof CharRnnException found) {
        throw found;
      }
      throw e;
    } finally {
      spark.sc().setJobDescription(null);
    }
  }

  /** Sums do not depend on it: each element is summed by itself. */
  private int slices(Round round) {
    return Math.clamp(
        Math.min(round.workers(), spark.defaultParallelism()), 1, round.weights().length);
  }

  /** The tasks of the workers with the states that they start from. */
  private JavaRDD<WorkerTask> tasks(int workers, WorkerStates states) {
    if (states instanceof States known && computed.size() < LONGEST_LINEAGE) {
      return known.results.map(result -> new WorkerTask(result.worker(), result.state()));
    }
    List<byte[]> read = states.read();
    forget();
    List<Start> starts = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      starts.add(new Start(worker, read.isEmpty() ? null : sent(read.get(worker))));
    }
    return spark.parallelize(starts, workers).map(Start::task);
  }

  private Broadcast<byte[]> sent(byte[] state) {
    Broadcast<byte[]> broadcast = spark.broadcast(state);
    started.add(broadcast);
    return broadcast;
  }

  /**
   * A worker and its state, which is broadcast because the size of a task is limited.
   *
   * @param worker the index of the worker
   * @param state its state from the round before, or null if there is none
   */
  private record Start(int worker, @Nullable Broadcast<byte[]> state) implements Serializable {
    WorkerTask task() {
      return new WorkerTask(worker, state == null ? null : state.value());
    }
  }

  /** The results of the last two rounds suffice unless both are lost. */
  private void freeResults() {
    if (computed.size() > 2) {
      List<Computed> all = List.copyOf(computed);
      all.get(all.size() - 3).results().unpersist(false);
    }
  }

  /** Frees the memory of earlier rounds. */
  private void forget() {
    for (Computed round : computed) {
      round.results().unpersist(false);
      round.round().destroy();
    }
    computed.clear();
    started.forEach(Broadcast::destroy);
    started.clear();
  }

  @Override
  public void close() {
    if (!spark.sc().isStopped()) {
      forget();
      ExecutorWorkers.SHARED.close(
          run); // those of this process, which is an executor in local mode
      setup.destroy();
    }
  }

  /** States on executors until they are read. */
  private static final class States implements WorkerStates {

    private final JavaRDD<WorkerResult> results;
    private List<byte[]> read = List.of();

    States(JavaRDD<WorkerResult> results) {
      this.results = results;
    }

    @Override
    public List<byte[]> read() {
      if (read.isEmpty()) {
        // In sequence, so that Spark's limit of results is that of one worker.
        List<byte[]> all = new ArrayList<>();
        results.map(WorkerResult::state).toLocalIterator().forEachRemaining(all::add);
        read = List.copyOf(all);
      }
      return read;
    }
  }
}
