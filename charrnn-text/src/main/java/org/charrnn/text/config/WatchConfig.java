package org.charrnn.text.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What happens between steps in addition to the ends of epochs, and what ends a run before its last
 * step.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param validateEverySteps the steps from one measurement of the held-out text to the next; empty
 *     for the ends of epochs only
 * @param saveEverySteps the steps from one checkpoint to the next; empty for the ends of epochs
 *     only
 * @param patience a run ends when so many consecutive validations did not improve on the lowest
 *     loss on the held-out text; empty for never. It has no effect without held-out text.
 * @param maxTime a run ends after the step at which it has taken this long; empty for never. A
 *     resumed run starts counting from zero.
 */
public record WatchConfig(
    OptionalLong validateEverySteps,
    OptionalLong saveEverySteps,
    OptionalInt patience,
    Optional<Duration> maxTime) {

  /**
   * Checks the numbers.
   *
   * @throws InvalidOptionException if a number is out of range; the message names it
   */
  public WatchConfig {
    validateEverySteps.ifPresent(steps -> Check.atLeast(1, "validateEverySteps", steps));
    saveEverySteps.ifPresent(steps -> Check.atLeast(1, "saveEverySteps", steps));
    patience.ifPresent(validations -> Check.atLeast(1, "patience", validations));
    if (maxTime.isPresent() && !maxTime.get().isPositive()) {
      throw new InvalidOptionException("maxTime", maxTime.get(), "longer than no time");
    }
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.validateEverySteps = validateEverySteps;
    builder.saveEverySteps = saveEverySteps;
    builder.patience = patience;
    builder.maxTime = maxTime;
    return builder;
  }

  /**
   * Builds a {@link WatchConfig}; each method sets the component of its name. {@link
   * TrainingConfig.Builder#build} reports a value that is not allowed.
   */
  public static final class Builder {

    private OptionalLong validateEverySteps = OptionalLong.empty();
    private OptionalLong saveEverySteps = OptionalLong.empty();
    private OptionalInt patience = OptionalInt.of(3);
    private Optional<Duration> maxTime = Optional.empty();

    Builder() {}

    /**
     * Sets the steps from one measurement of the held-out text to the next.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder validateEverySteps(long value) {
      validateEverySteps = OptionalLong.of(value);
      return this;
    }

    /**
     * Measures the held-out text at the ends of epochs only.
     *
     * @return this builder
     */
    public Builder noValidateEverySteps() {
      validateEverySteps = OptionalLong.empty();
      return this;
    }

    /**
     * Sets the steps from one checkpoint to the next.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder saveEverySteps(long value) {
      saveEverySteps = OptionalLong.of(value);
      return this;
    }

    /**
     * Saves at the ends of epochs only.
     *
     * @return this builder
     */
    public Builder noSaveEverySteps() {
      saveEverySteps = OptionalLong.empty();
      return this;
    }

    /**
     * Sets the number of validations without a new best after which a run ends.
     *
     * @param value at least 1; by default 3
     * @return this builder
     */
    public Builder patience(int value) {
      patience = OptionalInt.of(value);
      return this;
    }

    /**
     * Trains to the last step even if the loss on the held-out text stops improving.
     *
     * @return this builder
     */
    public Builder noPatience() {
      patience = OptionalInt.empty();
      return this;
    }

    /**
     * Sets the time after which a run ends.
     *
     * @param value longer than zero
     * @return this builder
     */
    public Builder maxTime(Duration value) {
      maxTime = Optional.of(value);
      return this;
    }

    /**
     * Removes the limit of time.
     *
     * @return this builder
     */
    public Builder noMaxTime() {
      maxTime = Optional.empty();
      return this;
    }

    WatchConfig build() {
      return new WatchConfig(validateEverySteps, saveEverySteps, patience, maxTime);
    }
  }
}
