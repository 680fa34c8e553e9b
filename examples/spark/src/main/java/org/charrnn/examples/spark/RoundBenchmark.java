package org.charrnn.examples.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.charrnn.spark.training.SparkTraining;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.training.TrainingListener;

/**
 * Measures rounds: with few and with many steps, so that the part that does not depend on the
 * steps, which is communication and scheduling, is known. The figures of docs/spark.md come from
 * it.
 */
public final class RoundBenchmark {

  private static final int ROUNDS = 10;
  private static final int WARM_UP = 4;

  private RoundBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args a text, the numbers of workers, separated by commas, and the hidden size
   */
  public static void main(String[] args) {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: RoundBenchmark TEXT WORKERS HIDDEN");
    }
    SparkSession spark = SparkSession.builder().appName("round benchmark").getOrCreate();
    SparkTraining training = SparkTraining.of(spark, args[0]);
    for (String workers : args[1].split(",", -1)) {
      for (int steps : new int[] {1, 10}) {
        measure(training, Integer.parseInt(workers), Integer.parseInt(args[2]), steps);
      }
    }
    spark.stop();
  }

  private static void measure(SparkTraining training, int workers, int hidden, int steps) {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(hidden))
            .windows(it -> it.seqLength(50).batchSize(32))
            .run(it -> it.epochs(1000).maxSteps((long) ROUNDS * steps).validation(0))
            .sample(it -> it.length(0))
            .watch(it -> it.noPatience())
            .rounds(it -> it.workers(workers).outerEvery(steps))
            .build();
    List<Long> ends = new ArrayList<>();
    long parameters;
    try (Trainer trainer = training.charRnn().trainer(training.corpus(), config)) {
      parameters = trainer.plan().parameters();
      trainer.run(TrainingListener.onStep(_ -> ends.add(System.nanoTime())));
    }
    double seconds = (ends.getLast() - ends.get(WARM_UP)) / 1e9 / (ends.size() - 1 - WARM_UP);
    System.out.printf(
        Locale.ROOT,
        "%d workers, %d parameters, %d steps: %.3f s per round%n",
        workers,
        parameters,
        steps,
        seconds);
  }
}
