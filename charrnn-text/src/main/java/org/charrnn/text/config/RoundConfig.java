package org.charrnn.text.config;

import org.charrnn.text.config.annotation.Fixed;

/**
 * Whether several workers train together, and how. By default one worker trains step by step.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param workers the number of workers. The model depends on it, but not on the number of machines
 *     or threads that they run on.
 * @param roundMode how the workers change the parameters together
 * @param outerEvery the steps of each worker from one outer step to the next; 0 for no outer step.
 *     A round also ends where an epoch ends.
 * @param outerLearningRate the learning rate of the outer step, which is one of stochastic gradient
 *     descent with Nesterov momentum
 * @param outerMomentum the momentum of the outer step, in {@code [0, 1)}
 */
public record RoundConfig(
    @Fixed(Fixed.Scope.RUN) int workers,
    @Fixed(Fixed.Scope.RUN) Mode roundMode,
    @Fixed(Fixed.Scope.RUN) int outerEvery,
    double outerLearningRate,
    double outerMomentum) {

  /**
   * Checks the numbers.
   *
   * @throws InvalidOptionException if a number is out of range; the message names it
   */
  public RoundConfig {
    Check.atLeast(1, "workers", workers);
    Check.atLeast(0, "outerEvery", outerEvery);
    Check.positiveFloat("outerLearningRate", outerLearningRate);
    Check.within(0, 1, "outerMomentum", outerMomentum);
    if (roundMode == Mode.OUTER && workers > 1 && outerEvery == 0) {
      throw new InvalidOptionException(
          "workers",
          workers,
          "1 unless outerEvery gives the steps of a round, or roundMode is gradient");
    }
    if (roundMode == Mode.GRADIENT && outerEvery > 0) {
      throw new InvalidOptionException(
          "outerEvery", outerEvery, "0 with roundMode gradient, which has no outer step");
    }
  }

  /** {@return whether the training consists of rounds that end with an outer step} */
  public boolean hasOuterStep() {
    return outerEvery > 0;
  }

  /** {@return whether workers run the steps of the training} */
  public boolean hasWorkers() {
    return hasOuterStep() || roundMode == Mode.GRADIENT;
  }

  /**
   * The number of parts that the training text is divided into: one for each worker, except in mode
   * {@link Mode#GRADIENT}, whose workers all read windows of the whole text.
   *
   * @return the number of parts
   */
  public int parts() {
    return roundMode == Mode.OUTER ? workers : 1;
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.workers = workers;
    builder.roundMode = roundMode;
    builder.outerEvery = outerEvery;
    builder.outerLearningRate = outerLearningRate;
    builder.outerMomentum = outerMomentum;
    return builder;
  }

  /**
   * Builds a {@link RoundConfig}; each method sets the component of its name. {@link
   * TrainingConfig.Builder#build} reports a value that is not allowed.
   */
  public static final class Builder {

    private int workers = 1;
    private Mode roundMode = Mode.OUTER;
    private int outerEvery;
    private double outerLearningRate = 1;
    private double outerMomentum = 0.5;

    Builder() {}

    /**
     * Sets the number of workers.
     *
     * @param value at least 1; by default 1
     * @return this builder
     */
    public Builder workers(int value) {
      workers = value;
      return this;
    }

    /**
     * Sets how the workers change the parameters together.
     *
     * @param value by default an outer step
     * @return this builder
     */
    public Builder roundMode(Mode value) {
      roundMode = value;
      return this;
    }

    /**
     * Sets the steps of each worker from one outer step to the next; 0 for no outer step.
     *
     * @param value at least 0; by default 0
     * @return this builder
     */
    public Builder outerEvery(int value) {
      outerEvery = value;
      return this;
    }

    /**
     * Sets the learning rate of the outer step.
     *
     * @param value greater than 0; by default 1
     * @return this builder
     */
    public Builder outerLearningRate(double value) {
      outerLearningRate = value;
      return this;
    }

    /**
     * Sets the momentum of the outer step.
     *
     * @param value in {@code [0, 1)}; by default 0.5
     * @return this builder
     */
    public Builder outerMomentum(double value) {
      outerMomentum = value;
      return this;
    }

    RoundConfig build() {
      return new RoundConfig(workers, roundMode, outerEvery, outerLearningRate, outerMomentum);
    }
  }

  /** How the workers of a training change its parameters together. */
  public enum Mode {
    /**
     * Each worker trains on a part of the text of its own; after a round of steps, an outer step
     * moves the parameters by the mean of the changes: Douillard et al., "DiLoCo: Distributed
     * Low-Communication Training of Language Models", 2023.
     */
    OUTER,
    /**
     * Each worker reads one window of a step; the mean of the gradients makes the step, as if one
     * machine had accumulated as many windows.
     */
    GRADIENT
  }
}
