package org.charrnn.examples.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.charrnn.spark.CharRnnEstimator;

/**
 * Trains a model on the lines of a text by several workers, saves it as a pipeline, and prints the
 * lines of another text that surprise it most, with the spans that do.
 */
public final class TrainAndScore {

  private static final int SHOWN = 20;

  private TrainAndScore() {}

  /**
   * Runs the training.
   *
   * @param args the text to train on, the text to score, the folder for the model and the pipeline,
   *     the number of workers
   */
  public static void main(String[] args) {
    if (args.length != 4) {
      throw new IllegalArgumentException("usage: TrainAndScore TEXT OTHER FOLDER WORKERS");
    }
    SparkSession spark = SparkSession.builder().appName("train and score").getOrCreate();
    run(spark, args[0], args[1], args[2], Integer.parseInt(args[3])).show(SHOWN, false);
    spark.stop();
  }

  /** Trains, and returns the scored lines of the other text, the most surprising first. */
  static Dataset<Row> run(
      SparkSession spark, String text, String other, String folder, int workers) {
    CharRnnEstimator estimator =
        new CharRnnEstimator()
            .setInputCol("value")
            .setModelPath(folder + "/model.ckpt")
            .setProfile("small")
            .setWorkers(workers)
            .setOuterEvery(50);
    PipelineModel model =
        new Pipeline()
            .setStages(new PipelineStage[] {estimator})
            .fit(spark.read().text(text).coalesce(1));
    try {
      model.write().overwrite().save(folder + "/pipeline");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PipelineModel.load(folder + "/pipeline")
        .transform(spark.read().text(other).filter("value <> ''"))
        .selectExpr("value", "score.perplexity", "score.surprising", "score.surprising_bits")
        .orderBy(functions.desc("surprising_bits"));
  }
}
