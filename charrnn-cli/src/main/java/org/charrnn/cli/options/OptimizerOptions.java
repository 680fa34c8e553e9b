package org.charrnn.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.OptimizerConfig;
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
          "A hyperparameter of the optimizer, for example epsilon=1e-8. May be given repeatedly.")
  private final Map<String, Double> hyperparameters = new LinkedHashMap<>();

  @Option(
      names = "--clip-norm",
      paramLabel = "N",
      description = "Scale gradients down to this global norm; 'none' for no limit.")
  private @Nullable String clipNorm;

  @Option(
      names = "--clip-value",
      paramLabel = "X",
      description =
          "Clip each element of a gradient at +-X, before its norm is computed; 'none' for no limit.")
  private @Nullable String clipValue;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Windows whose mean gradient makes one step: the effect of a larger --batch-size in less memory.")
  private @Nullable Integer accumulate;

  @Option(
      names = "--dropout",
      paramLabel = "SHARE",
      description =
          "Drop this share of the inputs of each layer and of the output, a different one in each step; 0 for none."
              + " Helps where a model memorizes its text.")
  private @Nullable Double dropout;

  @Option(
      names = "--dropout-kind",
      paramLabel = "NAME",
      description =
          "independent: --dropout draws each time step on its own; locked: once for all time steps of a window.")
  private @Nullable String dropoutKind;

  @Option(
      names = "--recurrent-dropout",
      paramLabel = "SHARE",
      description =
          "Drop this share of the elements of each recurrent weight, once for each window; 0 for none.")
  private @Nullable Double recurrentDropout;

  /** Creates the group without values; picocli sets them. */
  public OptimizerOptions() {}

  /** Sets the values that were given. */
  public void applyTo(OptimizerConfig.Builder config) {
    Given.apply(optimizer, config::name);
    Given.apply(learningRate, config::learningRate);
    hyperparameters.forEach(config::hyperparameter);
    Given.apply(clipNorm, it -> applyLimit("clipNorm", it, config::clipNorm, config::noClipNorm));
    Given.apply(
        clipValue, it -> applyLimit("clipValue", it, config::clipValue, config::noClipValue));
    Given.apply(accumulate, config::accumulate);
    Given.apply(dropout, config::dropout);
    Given.apply(
        dropoutKind, name -> config.dropoutKind(Named.of("dropoutKind", DropoutKind.class, name)));
    Given.apply(recurrentDropout, config::recurrentDropout);
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
