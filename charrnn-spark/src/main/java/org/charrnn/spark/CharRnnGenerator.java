package org.charrnn.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;

/**
 * Generates a text from each prompt of a column, many at a time. The new column has the prompt and
 * its continuation.
 *
 * <p>The text of a prompt is that of {@link org.charrnn.text.LanguageModel#generate} with the same
 * seed. Equal prompts give equal texts, unless {@link #seedCol} names a column with different
 * seeds. Texts do not depend on partitions.
 *
 * <p><b>Thread safety.</b> As any stage of Spark ML: not while parameters are set.
 *
 * <p><b>Errors.</b> As of {@link CharRnnScorer}.
 *
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // Error Prone does not know @serial of classes
public final class CharRnnGenerator extends ModelTransformer<CharRnnGenerator> {

  private static final long serialVersionUID = 1;
  private static final int LENGTH = 200;

  private final IntParam length;
  private final DoubleParam temperature;
  private final IntParam topK;
  private final DoubleParam topP;
  private final LongParam seed;
  private final Param<String> seedCol;
  private final Param<String> unknownSymbols;

  /** A generator with a new name. */
  public CharRnnGenerator() {
    this(Identifiable$.MODULE$.randomUID("charrnn_generator"));
  }

  /**
   * A generator of this name; Spark reads saved ones with it.
   *
   * @param uid its name
   */
  public CharRnnGenerator(String uid) {
    super(uid, "generated");
    length = new IntParam(this, "length", "maximum number of symbols after the prompt");
    temperature = new DoubleParam(this, "temperature", "0 always takes the most probable symbol");
    topK = new IntParam(this, "topK", "keep the k most probable symbols");
    topP = new DoubleParam(this, "topP", "keep the most probable symbols of this mass");
    seed = new LongParam(this, "seed", "determines all random choices");
    seedCol = new Param<>(this, "seedCol", "a column of type long with a seed for each prompt");
    unknownSymbols =
        new Param<>(this, "unknownSymbols", "how to handle symbols that the model does not know");
    setDefault(length, LENGTH);
    setDefault(temperature, Sampler.standard().temperature());
    setDefault(topK, Sampler.ALL);
    setDefault(topP, Sampler.standard().topP());
    setDefault(seed, 0L);
    setDefault(seedCol, "");
    setDefault(unknownSymbols, Prompt.UnknownSymbols.ERROR.label());
  }

  /**
   * The maximum number of symbols after the prompt. Default: 200.
   *
   * @return the maximum number of symbols after the prompt
   */
  public IntParam length() {
    return length;
  }

  /**
   * See {@link Sampler#temperature()}. Default: 0.8.
   *
   * @return the parameter
   */
  public DoubleParam temperature() {
    return temperature;
  }

  /**
   * See {@link Sampler#topK()}. Default: all symbols.
   *
   * @return the parameter
   */
  public IntParam topK() {
    return topK;
  }

  /**
   * See {@link Sampler#topP()}. Default: 0.9.
   *
   * @return the parameter
   */
  public DoubleParam topP() {
    return topP;
  }

  /**
   * Determines all random choices. Default: 0.
   *
   * @return the parameter
   */
  public LongParam seed() {
    return seed;
  }

  /**
   * A column of type long with a seed for each prompt. Default: empty, for {@link #seed}.
   *
   * @return a column of type long with a seed for each prompt
   */
  public Param<String> seedCol() {
    return seedCol;
  }

  /**
   * The name of one of {@link Prompt.UnknownSymbols}, in any case. Default: error, fails the job.
   *
   * @return the parameter
   */
  public Param<String> unknownSymbols() {
    return unknownSymbols;
  }

  /**
   * Sets {@link #length}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnGenerator setLength(int value) {
    set(length, value);
    return this;
  }

  /**
   * Sets {@link #temperature}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnGenerator setTemperature(double value) {
    set(temperature, value);
    return this;
  }

  /**
   * Sets {@link #topK}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnGenerator setTopK(int value) {
    set(topK, value);
    return this;
  }

  /**
   * Sets {@link #topP}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnGenerator setTopP(double value) {
    set(topP, value);
    return this;
  }

  /**
   * Sets {@link #seed}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnGenerator setSeed(long value) {
    set(seed, value);
    return this;
  }

  /**
   * Sets {@link #seedCol}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnGenerator setSeedCol(String value) {
    set(seedCol, value);
    return this;
  }

  /**
   * Sets {@link #unknownSymbols}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnGenerator setUnknownSymbols(String value) {
    set(unknownSymbols, value);
    return this;
  }

  @Override
  DataType outputType() {
    return DataTypes.StringType;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    double heat = (double) getOrDefault(temperature);
    Sampler sampler = Sampler.temperature(heat);
    if (heat > 0) {
      sampler = sampler.withTopK((int) getOrDefault(topK)).withTopP((double) getOrDefault(topP));
    }
    GeneratePartition generate =
        new GeneratePartition(
            broadcast(dataset.sparkSession()),
            inputIndex(dataset),
            seedIndex(dataset.schema()),
            (int) getOrDefault(length),
            sampler.temperature(),
            sampler.topK(),
            sampler.topP(),
            (long) getOrDefault(seed),
            Prompt.UnknownSymbols.named(getOrDefault(unknownSymbols)));
    return dataset.toDF().mapPartitions(generate, Encoders.row(schema));
  }

  /** The index of the column of seeds; negative if there is none. */
  private int seedIndex(StructType schema) {
    String column = getOrDefault(seedCol);
    if (column.isEmpty()) {
      return -1;
    }
    int index = schema.fieldIndex(column);
    if (!schema.apply(index).dataType().equals(DataTypes.LongType)) {
      throw new InvalidOptionException("seedCol", column, "a column of type long");
    }
    return index;
  }

  @Override
  CharRnnGenerator self() {
    return this;
  }

  /** {@return a reader of saved generators; Spark calls it when it loads a pipeline} */
  public static MLReader<CharRnnGenerator> read() {
    return new ModelStageReader<>();
  }

  /**
   * A generator that was saved with {@code save}, with its model.
   *
   * @param path the path
   * @return the stage
   */
  public static CharRnnGenerator load(String path) {
    return read().load(path);
  }
}
