package org.charrnn.examples.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.spark.CharRnnScorer;
import org.charrnn.spark.CharRnnSql;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.scoring.ScoringOptions;

/**
 * Compares the speed of scoring on Spark, in this process, with that of the library with as many
 * threads. Run it with {@code --master local[2]}.
 */
public final class ScoringBenchmark {

  private static final int REPETITIONS = 4;
  private static final ScoringOptions PRICED =
      ScoringOptions.standard().withUnknownPrice(ScoringOptions.ANY_CODE_POINT_NATS);

  private ScoringBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the model, a text file, and the number of lines to score, which repeat those of the
   *     file if it has fewer
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: ScoringBenchmark MODEL FILE LINES");
    }
    SparkSession spark = SparkSession.builder().appName("scoring benchmark").getOrCreate();
    List<String> read = Files.readAllLines(Path.of(args[1]));
    List<String> lines =
        IntStream.range(0, Integer.parseInt(args[2]))
            .mapToObj(i -> read.get(i % read.size()))
            .toList();
    int threads = spark.sparkContext().defaultParallelism();
    Dataset<Row> frame =
        spark.createDataset(lines, Encoders.STRING()).toDF("text").repartition(threads).cache();
    frame.count();
    CharRnnScorer scorer = new CharRnnScorer().setModelPath(args[0]).setThreads(threads);
    CharRnnSql.register(spark, args[0]);
    Dataset<Row> some = frame.limit(lines.size() / 10).repartition(threads).cache();
    some.count();
    CharRnn charRnn =
        CharRnn.create().withOptions(AcceleratorOptions.defaults().withThreads(threads));
    try (LanguageModel model = charRnn.load(Path.of(args[0]))) {
      for (int i = 0; i < REPETITIONS; i++) {
        double library = rate(lines.size(), () -> model.scoreAll(lines.stream(), PRICED).count());
        // A plan of its own each time: Spark would use the results of an earlier execution.
        Dataset<Row> scored =
            scorer.transform(frame).selectExpr("sum(score.log_probability + " + i + ")");
        Dataset<Row> sql = some.selectExpr("sum(charrnn_score(text).log_probability + " + i + ")");
        double transformer = rate(lines.size(), () -> scored.collectAsList().size());
        double function = rate(some.count(), () -> sql.collectAsList().size());
        System.out.printf(
            Locale.ROOT,
            "lines per second: library %.0f, transformer %.0f (%.2f), SQL function %.0f (%.2f)%n",
            library,
            transformer,
            transformer / library,
            function,
            function / library);
      }
    }
    spark.stop();
  }

  private static double rate(long lines, LongSupplier work) {
    long start = System.nanoTime();
    if (work.getAsLong() == 0) {
      throw new IllegalStateException("nothing was scored");
    }
    return lines * 1e9 / (System.nanoTime() - start);
  }
}
