package org.charrnn.text.config;

import java.util.OptionalLong;
import org.charrnn.text.config.annotation.Fixed;

/**
 * How long to train, how often to save, what to hold out, and the seed of all randomness.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param epochs the number of passes over the training text
 * @param steps the number of steps, for which schedules end, instead of those of {@code epochs}; a
 *     training sets {@code epochs} to the number of passes that they begin. Empty for those of all
 *     epochs.
 * @param maxSteps the maximum number of steps, whatever the epochs; empty for no limit
 * @param saveEvery the number of epochs from one checkpoint to the next; there is always one at the
 *     end
 * @param validation the share of the text, at its end, that is held out and measured after each
 *     epoch; 0 for none
 * @param test the share of the text, at its very end, that is set aside first and measured once,
 *     when training has ended; {@code validation} is then a share of the rest; 0 for none
 * @param seed determines all randomness
 */
public record RunConfig(
    int epochs,
    OptionalLong steps,
    OptionalLong maxSteps,
    int saveEvery,
    @Fixed(Fixed.Scope.RUN) double validation,
    @Fixed(Fixed.Scope.RUN) double test,
    @Fixed(Fixed.Scope.RUN) long seed) {

  /**
   * Checks the numbers.
   *
   * @throws InvalidOptionException if a number is out of range; the message names it
   */
  public RunConfig {
    Check.atLeast(1, "epochs", epochs);
    steps.ifPresent(number -> Check.atLeast(1, "steps", number));
    maxSteps.ifPresent(number -> Check.atLeast(1, "maxSteps", number));
    Check.atLeast(1, "saveEvery", saveEvery);
    Check.shareOfText("validation", validation);
    Check.shareOfText("test", test);
  }

  /**
   * {@return the number of steps for which schedules end: {@link #steps}, or if it is empty those
   * of all epochs}
   *
   * @param stepsPerEpoch the steps of an epoch, at least 1
   */
  public long scheduledSteps(long stepsPerEpoch) {
    return steps.orElse(epochs * stepsPerEpoch);
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.epochs = epochs;
    builder.steps = steps;
    builder.maxSteps = maxSteps;
    builder.saveEvery = saveEvery;
    builder.validation = validation;
    builder.test = test;
    builder.seed = seed;
    return builder;
  }

  /**
   * Builds a {@link RunConfig}; each method sets the component of its name. {@link
   * TrainingConfig.Builder#build} reports a value that is not allowed.
   */
  public static final class Builder {

    private int epochs = 6;
    private OptionalLong steps = OptionalLong.empty();
    private OptionalLong maxSteps = OptionalLong.empty();
    private int saveEvery = 1;
    private double validation = 0.1;
    private double test;
    private long seed;

    Builder() {}

    /**
     * Sets the number of passes over the training text.
     *
     * @param value at least 1; by default 6
     * @return this builder
     */
    public Builder epochs(int value) {
      epochs = value;
      return this;
    }

    /**
     * Sets the number of steps, for which schedules end, whatever the epochs.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder steps(long value) {
      steps = OptionalLong.of(value);
      return this;
    }

    /**
     * Trains for a number of epochs instead of steps.
     *
     * @return this builder
     */
    public Builder noSteps() {
      steps = OptionalLong.empty();
      return this;
    }

    /**
     * Sets the maximum number of steps.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder maxSteps(long value) {
      maxSteps = OptionalLong.of(value);
      return this;
    }

    /**
     * Removes the limit of steps, so that only the epochs count.
     *
     * @return this builder
     */
    public Builder noMaxSteps() {
      maxSteps = OptionalLong.empty();
      return this;
    }

    /**
     * Sets the number of epochs from one checkpoint to the next.
     *
     * @param value at least 1; by default 1
     * @return this builder
     */
    public Builder saveEvery(int value) {
      saveEvery = value;
      return this;
    }

    /**
     * Sets the share of the text that is held out.
     *
     * @param value in {@code [0, 1)}; by default 0.1
     * @return this builder
     */
    public Builder validation(double value) {
      validation = value;
      return this;
    }

    /**
     * Sets the share of the text that is measured once, when training has ended.
     *
     * @param value in {@code [0, 1)}; by default 0
     * @return this builder
     */
    public Builder test(double value) {
      test = value;
      return this;
    }

    /**
     * Sets the seed of all randomness.
     *
     * @param value by default 0
     * @return this builder
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    RunConfig build() {
      return new RunConfig(epochs, steps, maxSteps, saveEvery, validation, test, seed);
    }
  }
}
