package org.charrnn.spark.command;

import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.cli.spi.TrainingPlace;
import org.charrnn.spark.files.HadoopFile;
import org.charrnn.spark.model.Compute;
import org.charrnn.spark.training.RemoteOutput;
import org.charrnn.spark.training.SparkTraining;
import org.charrnn.text.CharRnn;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Adds {@code spark-train} to the command line. */
public final class SparkPlace implements TrainingPlace {

  private static final String MASTER = "spark.master";

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "The master, for example local[2] or spark://host:7077; spark-submit has an option of this"
              + " name, which takes its place.")
  private @Nullable String master;

  /** For ServiceLoader. */
  public SparkPlace() {}

  @Override
  public String command() {
    return "spark-train";
  }

  @Override
  public String description() {
    return "Train a model on Apache Spark, with the options of 'train'. CORPUS and MODEL are paths"
        + " of any file system that Spark reads; a folder is read as one text. The rounds of"
        + " --workers run on executors; the model does not depend on their number.";
  }

  @Override
  public Opened open() {
    SparkConf conf = new SparkConf();
    if (master != null) {
      conf.set(MASTER, master);
    }
    if (!conf.contains(MASTER)) {
      throw new InvalidOptionException(
          "master", "nothing", "given, or this command be run by spark-submit");
    }
    return new OnSpark(
        SparkSession.builder()
            .config(conf.setIfMissing("spark.app.name", "charrnn"))
            .getOrCreate());
  }

  private static final class OnSpark implements Opened {

    private final SparkSession spark;
    private @Nullable SparkTraining training;
    private @Nullable RemoteOutput remote;

    OnSpark(SparkSession spark) {
      this.spark = spark;
    }

    @Override
    public Corpus read(String path, Corpus.LineEndings lineEndings) {
      SparkTraining found = SparkTraining.of(spark, path).with(lineEndings);
      training = found;
      return found.corpus();
    }

    @Override
    public CharRnn charRnn(ComputeOptions options, Corpus corpus) {
      if (training == null) {
        throw new IllegalStateException("the text has not been read");
      }
      return training
          .with(
              new Compute(
                  options.accelerator().orElse(null),
                  options.threads().orElse(0),
                  options.device().orElse(null)))
          .on(options.charRnn());
    }

    @Override
    public Path checkpoint(String path) {
      HadoopFile file = new HadoopFile(path, spark.sparkContext().hadoopConfiguration());
      if (file.isLocal()) {
        return file.local();
      }
      RemoteOutput output = new RemoteOutput(path, file.configuration());
      remote = output;
      return output.file();
    }

    @Override
    public TrainingListener listener() {
      return remote == null ? TrainingListener.silent() : remote;
    }

    @Override
    public void close() {
      if (remote != null) {
        remote.close();
      }
      spark.stop();
    }
  }
}
