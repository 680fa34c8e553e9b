package org.charrnn.examples.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.charrnn.spark.CharRnnScorer;

/**
 * Divides the lines of a corpus by their perplexity into head, middle and tail, a third each, as
 * CCNet does with an n-gram model: Wenzek et al., "CCNet: Extracting High Quality Monolingual
 * Datasets from Web Crawl Data", LREC 2020.
 */
public final class FilterByPerplexity {

  private static final double[] THIRDS = {1 / 3.0, 2 / 3.0};
  private static final double ACCURACY = 0.001;

  private FilterByPerplexity() {}

  /**
   * Runs the filter.
   *
   * @param args the model, the corpus and the folder for the three parts, which must not exist
   */
  public static void main(String[] args) {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: FilterByPerplexity MODEL CORPUS FOLDER");
    }
    SparkSession spark = SparkSession.builder().appName("filter by perplexity").getOrCreate();
    run(spark, args[0], args[1], args[2]);
    spark.stop();
  }

  /** Writes the parts {@code head}, {@code middle} and {@code tail} of a corpus into a folder. */
  static void run(SparkSession spark, String model, String corpus, String folder) {
    Dataset<Row> scored =
        new CharRnnScorer()
            .setModelPath(model)
            .setInputCol("value")
            .transform(spark.read().text(corpus).filter("value <> ''"))
            .selectExpr("value", "score.perplexity AS perplexity")
            .persist(StorageLevel.MEMORY_AND_DISK()); // it is used four times
    double[] limits = scored.stat().approxQuantile("perplexity", THIRDS, ACCURACY);
    String head = "perplexity <= " + limits[0];
    String tail = "perplexity > " + limits[1];
    write(scored, head, folder + "/head");
    write(scored, "NOT (" + head + ") AND NOT (" + tail + ")", folder + "/middle");
    write(scored, tail, folder + "/tail");
    scored.unpersist();
  }

  private static void write(Dataset<Row> scored, String condition, String folder) {
    scored.filter(condition).select("value").write().text(folder);
  }
}
