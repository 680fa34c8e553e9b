package org.charrnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.charrnn.spark.files.HadoopFile;
import org.charrnn.spark.files.LocalFolder;
import org.charrnn.spark.training.RemoteOutput;
import org.charrnn.spark.training.SparkTraining;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.settings.ConfigJson;
import org.charrnn.text.training.TrainingResult;

/**
 * Trains a model on a column of texts, in rounds on Spark, and gives a {@link CharRnnScorer} that
 * uses it.
 *
 * <pre>{@code
 * CharRnnScorer scorer =
 *     new CharRnnEstimator()
 *         .setModelPath("hdfs:///models/essays.ckpt")
 *         .setConfig("{\"model\": {\"hiddenSize\": 256}, \"run\": {\"epochs\": 3}}")
 *         .setWorkers(16)
 *         .setOuterEvery(100)
 *         .fit(texts);
 * }</pre>
 *
 * <p>The texts become lines of one text, in the order of the partitions of the data frame; null is
 * left out. The text is written beside the model, {@code essays.ckpt.text} for {@code essays.ckpt},
 * where it stays, so that the training can be resumed.
 *
 * <p><b>Thread safety.</b> As any stage of Spark ML: not while parameters are set.
 *
 * <p><b>Errors.</b> Before Spark starts a job, a {@link org.charrnn.api.CharRnnException} reports a
 * missing path of the model and options that are out of range.
 *
 * @serial exclude
 */
@SuppressWarnings("InvalidBlockTag") // Error Prone does not know @serial of classes
public final class CharRnnEstimator extends Estimator<CharRnnScorer>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1;

  private final String uid;
  private final Param<String> modelPath;
  private final Param<String> inputCol;
  private final Param<String> profile;
  private final Param<String> config;
  private final IntParam workers;
  private final IntParam outerEvery;
  private final BooleanParam resume;

  /** An estimator with a new name. */
  public CharRnnEstimator() {
    this(Identifiable$.MODULE$.randomUID("charrnn_estimator"));
  }

  /**
   * An estimator of this name; Spark reads saved ones with it.
   *
   * @param uid its name
   */
  public CharRnnEstimator(String uid) {
    this.uid = uid; // before the parameters, which ask for it
    modelPath = new Param<>(this, "modelPath", "the checkpoint to write");
    inputCol = new Param<>(this, "inputCol", "the column of texts");
    profile = new Param<>(this, "profile", "the values that config does not have");
    config = new Param<>(this, "config", "any part of a configuration, as JSON");
    workers = new IntParam(this, "workers", "the number of workers");
    outerEvery = new IntParam(this, "outerEvery", "the steps of a round");
    resume = new BooleanParam(this, "resume", "resume the training that wrote modelPath");
    setDefault(inputCol, "text");
    setDefault(profile, "standard");
    setDefault(config, "{}");
    setDefault(resume, false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return the checkpoint to write, in any file system that Hadoop writes} */
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

  /**
   * The name of a {@link Profile}. Default: standard.
   *
   * @return the parameter
   */
  public Param<String> profile() {
    return profile;
  }

  /**
   * Any part of a {@link TrainingConfig} as JSON, see docs/commands.md. Default: nothing.
   *
   * @return the parameter
   */
  public Param<String> config() {
    return config;
  }

  /**
   * The number of workers. Default: that of {@link #config}.
   *
   * @return the number of workers
   */
  public IntParam workers() {
    return workers;
  }

  /**
   * The steps of each worker in a round. Default: that of {@link #config}.
   *
   * @return the steps of each worker in a round
   */
  public IntParam outerEvery() {
    return outerEvery;
  }

  /**
   * Whether to resume the training that wrote {@link #modelPath}. Default: false.
   *
   * @return the parameter
   */
  public BooleanParam resume() {
    return resume;
  }

  /**
   * Sets {@link #modelPath}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnEstimator setModelPath(String value) {
    set(modelPath, value);
    return this;
  }

  /**
   * Sets {@link #inputCol}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnEstimator setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /**
   * Sets {@link #profile}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnEstimator setProfile(String value) {
    set(profile, value);
    return this;
  }

  /**
   * Sets {@link #config}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnEstimator setConfig(String value) {
    set(config, value);
    return this;
  }

  /**
   * Sets {@link #workers}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnEstimator setWorkers(int value) {
    set(workers, value);
    return this;
  }

  /**
   * Sets {@link #outerEvery}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnEstimator setOuterEvery(int value) {
    set(outerEvery, value);
    return this;
  }

  /**
   * Sets {@link #resume}.
   *
   * @param value the value
   * @return this
   */
  public CharRnnEstimator setResume(boolean value) {
    set(resume, value);
    return this;
  }

  @Override
  public CharRnnScorer fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    SparkSession spark = dataset.sparkSession();
    TrainingConfig how = trainingConfig();
    String model = getOrDefault(modelPath);
    String text = model + ".text";
    boolean resumed = (boolean) getOrDefault(resume);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    if (!resumed) {
      new HadoopFile(model, hadoop).requireAbsent("choose another modelPath, or set resume");
      writeText(dataset, text);
    }
    SparkTraining training = SparkTraining.of(spark, text);
    TrainingResult result;
    try (RemoteOutput output = new RemoteOutput(model, hadoop);
        Trainer trainer = open(training, output, how, resumed)) {
      result = trainer.run(output.file(), output);
    }
    Path file = Path.of(model);
    String best = Checkpoint.best(file.getFileName()).toString();
    String scored =
        result.best().isPresent() ? model.substring(0, model.lastIndexOf('/') + 1) + best : model;
    return copyValues(
        new CharRnnScorer(uid).setModelPath(scored).setInputCol(getOrDefault(inputCol)),
        ParamMap.empty());
  }

  private static Trainer open(
      SparkTraining training, RemoteOutput output, TrainingConfig how, boolean resumed) {
    CharRnn charRnn = training.charRnn();
    return resumed
        ? charRnn.resume(output.file(), training.corpus(), _ -> how.toBuilder())
        : charRnn.trainer(training.corpus(), how);
  }

  private void writeText(Dataset<?> dataset, String path) {
    dataset
        .select(functions.col(getOrDefault(inputCol)))
        .na()
        .drop()
        .write()
        .mode("overwrite")
        .text(path);
  }

  private TrainingConfig trainingConfig() {
    if (!isDefined(modelPath)) {
      throw new InvalidOptionException("modelPath", "nothing", "set to the file to write");
    }
    try (LocalFolder folder = LocalFolder.create()) {
      Path file = Files.writeString(folder.resolve("config.json"), getOrDefault(config));
      TrainingConfig base = ConfigJson.read(file, Profile.named(getOrDefault(profile)).config());
      return base.toBuilder()
          .rounds(it -> {
            if (isSet(workers)) {
              it.workers((int) getOrDefault(workers));
            }
            if (isSet(outerEvery)) {
              it.outerEvery((int) getOrDefault(outerEvery));
            }
          })
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return new CharRnnScorer().setInputCol(getOrDefault(inputCol)).transformSchema(schema);
  }

  @Override
  public CharRnnEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** {@return a reader of saved estimators; Spark calls it when it loads a pipeline} */
  public static MLReader<CharRnnEstimator> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * An estimator that was saved with {@code save}.
   *
   * @param path the path
   * @return the stage
   */
  public static CharRnnEstimator load(String path) {
    return read().load(path);
  }
}
