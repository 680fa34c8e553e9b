package org.charrnn.spark.training;

import java.util.Properties;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.charrnn.api.CharRnnException;
import org.charrnn.spark.files.HadoopText;
import org.charrnn.spark.model.Compute;
import org.charrnn.text.CharRnn;
import org.charrnn.text.corpus.Corpus;

/**
 * A text and the Spark session that trains on it.
 *
 * <pre>{@code
 * SparkTraining training = SparkTraining.of(spark, "hdfs:///texts");
 * TrainingConfig config =
 *     TrainingConfig.builder().rounds(it -> it.workers(16).outerEvery(100)).build();
 * try (Trainer trainer = training.charRnn().trainer(training.corpus(), config)) {
 *   trainer.run(Path.of("texts.ckpt"), listener);
 * }
 * }</pre>
 *
 * <p>The model depends on the number of workers, but not on that of executors or cores. A training
 * that is resumed, here or on one machine, gives the same bytes.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class SparkTraining {

  private final JavaSparkContext spark;
  private final HadoopText text;
  private final Corpus.LineEndings lineEndings;
  private final Compute compute;

  private SparkTraining(
      JavaSparkContext spark, HadoopText text, Corpus.LineEndings lineEndings, Compute compute) {
    this.spark = spark;
    this.text = text;
    this.lineEndings = lineEndings;
    this.compute = compute;
  }

  /**
   * A training on a text. All executors must have access to it.
   *
   * @param spark the session
   * @param path a file, or a folder whose files are one text, in any file system that Hadoop reads
   * @return a training on a text
   * @throws CharRnnException if there is no such file
   */
  public static SparkTraining of(SparkSession spark, String path) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    HadoopText text = HadoopText.find(path, context.hadoopConfiguration());
    return new SparkTraining(context, text, Corpus.LineEndings.FOLD, Compute.automatic());
  }

  /**
   * The same with other line endings.
   *
   * @param endings how line endings are read
   * @return the changed copy
   */
  public SparkTraining with(Corpus.LineEndings endings) {
    return new SparkTraining(spark, text, endings, compute);
  }

  /**
   * The same with another accelerator of the executors.
   *
   * @param executors where the workers compute
   * @return the changed copy
   */
  public SparkTraining with(Compute executors) {
    return new SparkTraining(spark, text, lineEndings, executors);
  }

  /**
   * Whether a job with these properties is a round of a training.
   *
   * @param job the properties of a job
   * @return whether a job with these properties is a round of a training
   */
  public static boolean isRound(Properties job) {
    return String.valueOf(job.getProperty("spark.job.description")).startsWith(SparkRounds.NAME);
  }

  /**
   * The text. It is read in pieces, by the driver once and by each worker where it needs it.
   *
   * @return the text
   */
  public Corpus corpus() {
    return new Corpus.InFile(text, lineEndings);
  }

  /**
   * {@return an entry point whose trainers run their rounds on Spark; it validates on the driver}
   */
  public CharRnn charRnn() {
    return on(CharRnn.create());
  }

  /**
   * The same, with the accelerator of {@code driver} on the driver.
   *
   * @param driver the entry point on the driver
   * @return the changed copy
   */
  public CharRnn on(CharRnn driver) {
    return driver.withWorkers((setup, parts, whole) ->
        new SparkRounds(spark, SharedSetup.of(setup, parts, text, whole, lineEndings, compute)));
  }
}
