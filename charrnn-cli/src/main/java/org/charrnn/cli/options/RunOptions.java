package org.charrnn.cli.options;

import org.charrnn.text.config.RunConfig;
import org.charrnn.text.config.WatchConfig;
import org.charrnn.text.config.WindowConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the text is cut into windows, how long to train, and the seed. */
public final class RunOptions {

  @Option(names = "--seq-length", paramLabel = "T", description = "Characters of a window.")
  private @Nullable Integer seqLength;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "Windows that are trained on in parallel.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--carry-state",
      negatable = true,
      description =
          "Start a window with the state that the previous one ended with; --no-carry-state starts each from zero.")
  private @Nullable Boolean carryState;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the text.")
  private @Nullable Integer epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps to train, for which the schedule ends, instead of --epochs.")
  private @Nullable Long steps;

  @Option(
      names = "--max-steps",
      paramLabel = "N",
      description = "End after this many steps, whatever the epochs; the schedule is unchanged.")
  private @Nullable Long maxSteps;

  @Option(
      names = "--save-every",
      paramLabel = "N",
      description = "Epochs from one checkpoint to the next; there is always one at the end.")
  private @Nullable Integer saveEvery;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Share of the text, at its end, that is held out and measured after each epoch; 0 for none.")
  private @Nullable Double validation;

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      description =
          "Share of the text, at its very end, that is set aside first and measured once at the end, with the best model;"
              + " --validation is then a share of the rest. 0 for none.")
  private @Nullable Double test;

  @Option(names = "--seed", paramLabel = "N", description = "Determines all randomness.")
  private @Nullable Long seed;

  /** Creates the group without values; picocli sets them. */
  public RunOptions() {}

  /** Sets the values that were given. */
  public void applyTo(WindowConfig.Builder windows) {
    Given.apply(seqLength, windows::seqLength);
    Given.apply(batchSize, windows::batchSize);
    Given.apply(carryState, windows::carryState);
  }

  /** Sets the values that were given. */
  public void applyTo(RunConfig.Builder config) {
    if (epochs != null) { // an earlier number of steps must not end a run that is made longer
      config.noMaxSteps().noSteps().epochs(epochs);
    }
    if (steps != null) {
      config.noMaxSteps().steps(steps);
    }
    Given.apply(maxSteps, config::maxSteps);
    Given.apply(saveEvery, config::saveEvery);
    Given.apply(validation, config::validation);
    Given.apply(test, config::test);
    Given.apply(seed, config::seed);
  }

  /** Removes what depends on held-out text if there is none; other options may set it again. */
  public void applyTo(WatchConfig.Builder watch) {
    if (validation != null && validation == 0) {
      watch.noPatience().noValidateEverySteps();
    }
  }
}
