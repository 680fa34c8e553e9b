package org.charrnn.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.charrnn.spark.model.BroadcastModel;
import org.charrnn.spark.model.Compute;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.scoring.ScoringOptions;
import org.jspecify.annotations.Nullable;

/**
 * A function for SQL that scores texts: {@code SELECT text FROM lines WHERE
 * charrnn_score(text).perplexity < 40}.
 *
 * <p>SQL calls a function for one row at a time, so that a batch has one text for each running
 * task; {@link CharRnnScorer} reads many at a time and is several times as fast.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class CharRnnSql {

  /** The usual name of the function. */
  public static final String NAME = "charrnn_score";

  private static final int SPAN_LENGTH = 8;

  private static final ScoringOptions OPTIONS =
      ScoringOptions.standard().withUnknownPrice(ScoringOptions.ANY_CODE_POINT_NATS);

  private CharRnnSql() {}

  /**
   * Registers the function under its usual name.
   *
   * @param spark the session
   * @param modelPath a checkpoint in any file system that Hadoop reads
   * @throws CheckpointException if it is not one
   */
  public static void register(SparkSession spark, String modelPath) {
    register(spark, NAME, modelPath);
  }

  /**
   * Registers the function under another name, for one of several models.
   *
   * @param spark the session
   * @param name the name
   * @param modelPath the file of the model
   */
  public static void register(SparkSession spark, String name, String modelPath) {
    BroadcastModel model = BroadcastModel.of(spark, modelPath, Compute.automatic());
    spark.udf().register(name, new Score(model), ScoreRow.TYPE);
  }

  private record Score(BroadcastModel model) implements UDF1<@Nullable String, @Nullable Row> {
    @Override
    public @Nullable Row call(@Nullable String text) {
      return text == null
          ? null
          : model.use(it -> ScoreRow.of(it.score(text, OPTIONS), SPAN_LENGTH));
    }
  }
}
