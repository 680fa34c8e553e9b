package org.charrnn.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.charrnn.text.scoring.ScoringOptions;

/**
 * Scores a column of texts with a model: the probability that the model gives to each, many texts
 * at a time. The new column is a struct:
 *
 * <table>
 * <caption>Fields of a score</caption>
 * <tr><td>{@code log_probability}</td><td>natural logarithm of the probability of the text</td></tr>
 * <tr><td>{@code bits_per_character}</td><td>{@code -log2 p} divided by the characters</td></tr>
 * <tr><td>{@code perplexity}</td><td>the equivalent number of equally probable symbols</td></tr>
 * <tr><td>{@code unknown}</td><td>number of symbols that the model does not know</td></tr>
 * <tr><td>{@code surprising}</td><td>the most surprising span of {@link #spanLength} symbols</td></tr>
 * <tr><td>{@code surprising_start}</td><td>the index of its first symbol</td></tr>
 * <tr><td>{@code surprising_bits}</td><td>its bits per symbol</td></tr>
 * </table>
 *
 * <pre>{@code
 * Dataset<Row> scored = new CharRnnScorer().setModelPath("hdfs:///models/essays.ckpt").transform(texts);
 * Dataset<Row> fluent = scored.filter("score.perplexity < 40");
 * }</pre>
 *
 * <p>The score of a text is that of {@link org.charrnn.text.LanguageModel#score(String)}; that of
 * null is null. Scores do not depend on partitions, provided that the accelerator computes each row
 * of a batch as it would alone.
 *
 * <p><b>Thread safety.</b> As any stage of Spark ML: not while parameters are set.
 *
 * <p><b>Errors.</b> Before Spark starts a job, an {@link
 * org.charrnn.text.config.InvalidOptionException} reports that no model is set, that the column of
 * texts is not of type string, or that the new column exists already.
 *
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // Error Prone does not know @serial of classes
public final class CharRnnScorer extends ModelTransformer<CharRnnScorer> {

  private static final long serialVersionUID = 1;
  private static final int SPAN_LENGTH = 8;

  private final DoubleParam unknownNats;
  private final IntParam spanLength;

  /** A scorer with a new name. */
  public CharRnnScorer() {
    this(Identifiable$.MODULE$.randomUID("charrnn_scorer"));
  }

  /**
   * A scorer of this name; Spark reads saved ones with it.
   *
   * @param uid its name
   */
  public CharRnnScorer(String uid) {
    super(uid, "score");
    unknownNats =
        new DoubleParam(this, "unknownNats", "the price in nats of a character that is unknown");
    spanLength = new IntParam(this, "spanLength", "symbols of the most surprising span");
    setDefault(unknownNats, ScoringOptions.ANY_CODE_POINT_NATS);
    setDefault(spanLength, SPAN_LENGTH);
  }

  /**
   * The price in nats of a character that is not in the vocabulary of the model. Default: that of
   * any code point, 21 bits. With a negative price such a text fails the job.
   *
   * @return the price in nats of a character that is not in the vocabulary of the model
   */
  public DoubleParam unknownNats() {
    return unknownNats;
  }

  /**
   * The number of symbols of the most surprising span. Default: 8.
   *
   * @return the number of symbols of the most surprising span
   */
  public IntParam spanLength() {
    return spanLength;
  }

  /**
   * Sets {@link #unknownNats}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnScorer setUnknownNats(double value) {
    set(unknownNats, value);
    return this;
  }

  /**
   * Sets {@link #spanLength}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnScorer setSpanLength(int value) {
    set(spanLength, value);
    return this;
  }

  @Override
  DataType outputType() {
    return ScoreRow.TYPE;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    ScorePartition score =
        new ScorePartition(
            broadcast(dataset.sparkSession()),
            inputIndex(dataset),
            (double) getOrDefault(unknownNats),
            (int) getOrDefault(spanLength));
    return dataset.toDF().mapPartitions(score, Encoders.row(schema));
  }

  @Override
  CharRnnScorer self() {
    return this;
  }

  /** {@return a reader of saved scorers; Spark calls it when it loads a pipeline} */
  public static MLReader<CharRnnScorer> read() {
    return new ModelStageReader<>();
  }

  /**
   * A scorer that was saved with {@code save}, with its model.
   *
   * @param path the path
   * @return the stage
   */
  public static CharRnnScorer load(String path) {
    return read().load(path);
  }
}
