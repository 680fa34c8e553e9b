package org.charrnn.spark;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.charrnn.spark.model.BroadcastModel;
import org.charrnn.spark.model.Compute;
import org.charrnn.text.config.InvalidOptionException;

/**
 * A stage that applies a model to a column of texts and adds a column. When it is saved, the model
 * is saved with it.
 *
 * <p><b>Thread safety.</b> As any stage of Spark ML: not while parameters are set.
 *
 * @param <M> the class of the stage
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // Error Prone does not know @serial of classes
public abstract sealed class ModelTransformer<M extends ModelTransformer<M>> extends Model<M>
    implements MLWritable permits CharRnnGenerator, CharRnnScorer {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> modelPath;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> accelerator;
  private final IntParam threads;

  ModelTransformer(String uid, String output) {
    this.uid = uid; // before the parameters, which ask for it
    this.modelPath = new Param<>(this, "modelPath", "the file of the model");
    this.inputCol = new Param<>(this, "inputCol", "the column of texts");
    this.outputCol = new Param<>(this, "outputCol", "the column of results");
    this.accelerator =
        new Param<>(this, "accelerator", "the name of the accelerator of executors; empty: best");
    this.threads =
        new IntParam(this, "threads", "threads of each executor; 0: one for each of its cores");
    setDefault(inputCol, "text");
    setDefault(outputCol, output);
    setDefault(accelerator, "");
    setDefault(threads, 0);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return the file of the model: a checkpoint in any file system that Hadoop reads} */
  public Param<String> modelPath() {
    return modelPath;
  }

  /**
   * The column of texts. Default: {@code text}.
   *
   * @return the column of texts
   */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** {@return the column that is added} */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * The name of the accelerator of executors. Default: empty, for the best one of each.
   *
   * @return the name of the accelerator of executors
   */
  public Param<String> accelerator() {
    return accelerator;
  }

  /**
   * The number of threads of each executor. Default: 0, for one for each of its cores.
   *
   * @return the number of threads of each executor
   */
  public IntParam threads() {
    return threads;
  }

  /** This stage. */
  abstract M self();

  /**
   * Sets {@link #modelPath}.
   *
   * @param value the value
   * @return this
   */
  public final M setModelPath(String value) {
    set(modelPath, value);
    return self();
  }

  /**
   * Sets {@link #inputCol}.
   *
   * @param value the value
   * @return this
   */
  public final M setInputCol(String value) {
    set(inputCol, value);
    return self();
  }

  /**
   * Sets {@link #outputCol}.
   *
   * @param value the value
   * @return this
   */
  public final M setOutputCol(String value) {
    set(outputCol, value);
    return self();
  }

  /**
   * Sets {@link #accelerator}.
   *
   * @param value the value
   * @return this
   */
  public final M setAccelerator(String value) {
    set(accelerator, value);
    return self();
  }

  /**
   * Sets {@link #threads}.
   *
   * @param value the value
   * @return this
   */
  public final M setThreads(int value) {
    set(threads, value);
    return self();
  }

  /** {@return the value of {@link #modelPath}} */
  public String getModelPath() {
    return getOrDefault(modelPath);
  }

  /** The model on the executors; the driver reads its file now. */
  BroadcastModel broadcast(SparkSession spark) {
    if (!isDefined(modelPath)) {
      throw new InvalidOptionException("modelPath", "nothing", "set to the file of a model");
    }
    String name = getOrDefault(accelerator);
    int count = (int) getOrDefault(threads);
    return BroadcastModel.of(
        spark, getModelPath(), new Compute(name.isEmpty() ? null : name, count, null));
  }

  /** The index of the column of texts. */
  int inputIndex(Dataset<?> dataset) {
    return dataset.schema().fieldIndex(getOrDefault(inputCol));
  }

  /** The type of the column that is added. */
  abstract DataType outputType();

  @Override
  public final StructType transformSchema(StructType schema) {
    String input = getOrDefault(inputCol);
    DataType type = schema.apply(schema.fieldIndex(input)).dataType();
    if (!type.equals(DataTypes.StringType)) {
      throw new InvalidOptionException(
          "inputCol", input, "a column of type string; this one is " + type.simpleString());
    }
    String output = getOrDefault(outputCol);
    if (schema.getFieldIndex(output).isDefined()) {
      throw new InvalidOptionException("outputCol", output, "a column that does not exist yet");
    }
    return schema.add(output, outputType(), true);
  }

  @Override
  public MLWriter write() {
    return new ModelStageWriter(this);
  }

  @Override
  public final M copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
