package org.charrnn.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfigBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a step changes the parameters. */
public final class OptimizerOptions {

  private static final String NONE = "none";

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "The optimizer, for example adagrad.")
  private @Nullable String optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "The learning rate. Another optimizer than the profile's has its own default.")
  private @Nullable Double learningRate;

  @Option(
      names = "--optimizer-option",
      paramLabel = "NAME=VALUE",
      description =
          "A number that the optimizer lets you set, for example epsilon=1e-8. May be given repeatedly.")
  private final Map<String, Double> hyperparameters = new LinkedHashMap<>();

  @Option(
      names = "--clip-norm",
      paramLabel = "N",
      description = "Scale gradients down to this global norm; 'none' leaves them as they are.")
  private @Nullable String clipNorm;

  @Option(
      names = "--clip-value",
      paramLabel = "X",
      description =
          "Cut each element of a gradient off at +-X, before its norm is looked at; 'none' leaves them as they are.")
  private @Nullable String clipValue;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Windows whose gradients make one step, by their mean: what a larger --batch-size does, in less memory.")
  private @Nullable Integer accumulate;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description =
          "Leave out this share of what goes into each layer and into the output, another one in each step; 0 for none."
              + " Helps where a model learns its text by heart.")
  private @Nullable Double dropout;

  /** No option typed yet; picocli fills them in. */
  public OptimizerOptions() {}

  /** Sets what the user typed. */
  public void applyTo(TrainingConfigBuilder config) {
    Given.apply(optimizer, config::optimizer);
    Given.apply(learningRate, config::learningRate);
    hyperparameters.forEach(config::hyperparameter);
    Given.apply(clipNorm, it -> applyLimit("clipNorm", it, config::clipNorm, config::noClipping));
    Given.apply(
        clipValue, it -> applyLimit("clipValue", it, config::clipValue, config::noClipValue));
    Given.apply(accumulate, config::accumulate);
    Given.apply(dropout, config::dropout);
  }

  private static void applyLimit(
      String option, String typed, DoubleConsumer setter, Runnable none) {
    if (typed.equals(NONE)) {
      none.run();
      return;
    }
    try {
      setter.accept(Double.parseDouble(typed));
    } catch (NumberFormatException _) {
      throw new InvalidOptionException(option, typed, "a number greater than 0, or " + NONE);
    }
  }
}
