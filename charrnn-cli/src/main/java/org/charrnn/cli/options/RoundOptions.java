package org.charrnn.cli.options;

import org.charrnn.text.config.RoundConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether several workers train together, and how. */
public final class RoundOptions {

  @Option(
      names = "--workers",
      paramLabel = "W",
      description =
          "Train with W workers, each on a part of the text of its own; needs --outer-every or --round-mode gradient."
              + " The model depends on W, but not on the number of threads.")
  private @Nullable Integer workers;

  @Option(
      names = "--outer-every",
      paramLabel = "H",
      description =
          "After every H steps of each worker, move the weights by the mean of the changes of the workers, with"
              + " Nesterov momentum (DiLoCo). Works with one worker, too. A round also ends where an epoch ends. 0 for none.")
  private @Nullable Integer outerEvery;

  @Option(
      names = "--outer-learning-rate",
      paramLabel = "R",
      description = "The learning rate of --outer-every.")
  private @Nullable Double outerLearningRate;

  @Option(
      names = "--outer-momentum",
      paramLabel = "M",
      description = "The momentum of --outer-every, from 0 to less than 1.")
  private @Nullable Double outerMomentum;

  @Option(
      names = "--round-mode",
      paramLabel = "NAME",
      description =
          "outer: see --outer-every; gradient: a step is made of the gradients of one window of each worker, exactly as"
              + " --accumulate W does with one. Needs --no-carry-state.")
  private @Nullable String roundMode;

  /** Creates the group without values; picocli sets them. */
  public RoundOptions() {}

  /** Sets the values that were given. */
  public void applyTo(RoundConfig.Builder config) {
    Given.apply(workers, config::workers);
    Given.apply(outerEvery, config::outerEvery);
    Given.apply(outerLearningRate, config::outerLearningRate);
    Given.apply(outerMomentum, config::outerMomentum);
    Given.apply(
        roundMode, name -> config.roundMode(Named.of("roundMode", RoundConfig.Mode.class, name)));
  }
}
