package org.charrnn.cli.options;

import org.charrnn.text.config.TrainingConfigBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the text is cut, how long to train, and where randomness begins. */
public final class RunOptions {

  @Option(names = "--seq-length", paramLabel = "T", description = "Steps of a window.")
  private @Nullable Integer seqLength;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "Windows that are learnt from side by side.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--carry-state",
      negatable = true,
      description =
          "Begin a window with the state that the one before it left; --no-carry-state begins each from nothing.")
  private @Nullable Boolean carryState;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the text.")
  private @Nullable Integer epochs;

  @Option(
      names = "--max-steps",
      paramLabel = "N",
      description = "End after this many steps, whatever the epochs.")
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

  /** No option typed yet; picocli fills them in. */
  public RunOptions() {}

  /** Sets what the user typed. */
  public void applyTo(TrainingConfigBuilder config) {
    Given.apply(seqLength, config::seqLength);
    Given.apply(batchSize, config::batchSize);
    Given.apply(carryState, config::carryState);
    Given.apply(epochs, config::epochs);
    if (validation != null && validation == 0) { // there is nothing to be impatient about
      config.noPatience().noValidateEverySteps();
    }
    if (epochs != null) { // what ended a training before does not end a longer one
      config.noMaxSteps();
    }
    Given.apply(maxSteps, config::maxSteps);
    Given.apply(saveEvery, config::saveEvery);
    Given.apply(validation, config::validation);
    Given.apply(test, config::test);
    Given.apply(seed, config::seed);
  }
}
