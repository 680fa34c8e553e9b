package org.charrnn.text.config;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.GradientSum;
import org.charrnn.text.config.annotation.Fixed;

/**
 * How a step changes the parameters.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param name the name of the optimizer, such as {@code adagrad}
 * @param learningRate the learning rate; empty for the default of the optimizer
 * @param hyperparameters the other numbers of the optimizer, by name; those that are not given have
 *     the defaults of the optimizer
 * @param clipNorm the maximum global norm of all gradients together, which are scaled down to it;
 *     empty for none
 * @param clipValue the maximum absolute value of each element of a gradient, applied before the
 *     norm is computed; empty for none
 * @param accumulate the windows of a step: the mean of their gradients makes one update
 * @param gradientSum how these gradients are summed; runs of earlier versions continue with their
 *     sum
 * @param meanLoss whether the mean of the losses of a window is differentiated; otherwise their
 *     sum, as in the seed
 * @param dropout the share of the inputs of each layer and of the output layer that a step drops,
 *     in {@code [0, 1)}; symbols are never dropped
 * @param dropoutKind which of these inputs are dropped together
 * @param recurrentDropout the share of the elements of each recurrent weight that a step drops, in
 *     {@code [0, 1)}
 * @param schedule how the learning rate changes
 */
public record OptimizerConfig(
    @Fixed(Fixed.Scope.RUN) String name,
    OptionalDouble learningRate,
    Map<String, Double> hyperparameters,
    OptionalDouble clipNorm,
    OptionalDouble clipValue,
    @Fixed(Fixed.Scope.RUN) int accumulate,
    @Fixed(Fixed.Scope.RUN) GradientSum gradientSum,
    boolean meanLoss,
    double dropout,
    DropoutKind dropoutKind,
    double recurrentDropout,
    Schedule schedule) {

  /**
   * Checks the numbers and sorts the hyperparameters by name. The optimizer checks the
   * hyperparameters when a training starts.
   *
   * @throws InvalidOptionException if a number is out of range; the message names it
   */
  public OptimizerConfig {
    Check.pluginName("optimizer", name);
    learningRate.ifPresent(rate -> Check.positiveFloat("learningRate", rate));
    clipNorm.ifPresent(norm -> Check.positiveFloat("clipNorm", norm));
    clipValue.ifPresent(value -> Check.positiveFloat("clipValue", value));
    Check.atLeast(1, "accumulate", accumulate);
    Check.within(0, 1, "dropout", dropout);
    Check.within(0, 1, "recurrentDropout", recurrentDropout);
    hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.base = name;
    builder.name = name;
    builder.learningRate = learningRate;
    builder.hyperparameters.clear();
    builder.hyperparameters.putAll(hyperparameters);
    builder.clipNorm = clipNorm;
    builder.clipValue = clipValue;
    builder.accumulate = accumulate;
    builder.gradientSum = gradientSum;
    builder.meanLoss = meanLoss;
    builder.dropout = dropout;
    builder.dropoutKind = dropoutKind;
    builder.recurrentDropout = recurrentDropout;
    builder.schedule = schedule;
    return builder;
  }

  /**
   * Builds an {@link OptimizerConfig}; each method sets the component of its name.
   *
   * <p>The learning rate and the hyperparameters that a builder starts with belong to the optimizer
   * that it starts with. Another optimizer has its own defaults, unless they are set here, before
   * or after {@link #name}. {@link TrainingConfig.Builder#build} reports a value that is not
   * allowed.
   */
  public static final class Builder {

    private String base = "adamw";
    private String name = base;
    private OptionalDouble learningRate = OptionalDouble.of(0.004);
    private boolean isRateSet;
    private final Map<String, Double> hyperparameters = new TreeMap<>(Map.of("weight-decay", 0.1));
    private final Map<String, Double> hyperparametersSet = new TreeMap<>();
    private OptionalDouble clipNorm = OptionalDouble.of(5);
    private OptionalDouble clipValue = OptionalDouble.empty();
    private int accumulate = 1;
    private GradientSum gradientSum = GradientSum.COMPLETE;
    private boolean meanLoss = true;
    private double dropout = 0.35;
    private DropoutKind dropoutKind = DropoutKind.INDEPENDENT;
    private double recurrentDropout;
    private Schedule schedule = new Schedule.Cosine(100, 0);

    Builder() {}

    /**
     * Sets the name of the optimizer.
     *
     * @param value by default {@code adamw} with a weight decay of 0.1
     * @return this builder
     */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /**
     * Sets the learning rate.
     *
     * @param value greater than 0; by default 0.004
     * @return this builder
     */
    public Builder learningRate(double value) {
      return learningRate(OptionalDouble.of(value));
    }

    /**
     * Uses the default learning rate of the optimizer.
     *
     * @return this builder
     */
    public Builder defaultLearningRate() {
      return learningRate(OptionalDouble.empty());
    }

    private Builder learningRate(OptionalDouble value) {
      learningRate = value;
      isRateSet = true;
      return this;
    }

    /**
     * Sets one hyperparameter of the optimizer.
     *
     * @param hyperparameter the name of the hyperparameter
     * @param value in the range that the optimizer declares
     * @return this builder
     */
    public Builder hyperparameter(String hyperparameter, double value) {
      hyperparametersSet.put(hyperparameter, value);
      return this;
    }

    /**
     * Sets the maximum global norm of the gradients.
     *
     * @param value greater than 0; by default 5
     * @return this builder
     */
    public Builder clipNorm(double value) {
      clipNorm = OptionalDouble.of(value);
      return this;
    }

    /**
     * Does not limit the norm of the gradients.
     *
     * @return this builder
     */
    public Builder noClipNorm() {
      clipNorm = OptionalDouble.empty();
      return this;
    }

    /**
     * Sets the maximum absolute value of each element of a gradient.
     *
     * @param value greater than 0
     * @return this builder
     */
    public Builder clipValue(double value) {
      clipValue = OptionalDouble.of(value);
      return this;
    }

    /**
     * Does not limit elements of gradients.
     *
     * @return this builder
     */
    public Builder noClipValue() {
      clipValue = OptionalDouble.empty();
      return this;
    }

    /**
     * Sets the number of windows whose gradients make one update.
     *
     * @param value at least 1; by default 1
     * @return this builder
     */
    public Builder accumulate(int value) {
      accumulate = value;
      return this;
    }

    /**
     * Sets how the gradients of several windows are summed.
     *
     * @param value by default the complete sum
     * @return this builder
     */
    public Builder gradientSum(GradientSum value) {
      gradientSum = value;
      return this;
    }

    /**
     * Sets whether the mean of the losses is differentiated instead of their sum.
     *
     * @param value by default true
     * @return this builder
     */
    public Builder meanLoss(boolean value) {
      meanLoss = value;
      return this;
    }

    /**
     * Sets the share of the inputs of each layer that a step drops; 0 for none.
     *
     * @param value in {@code [0, 1)}; by default 0.35
     * @return this builder
     */
    public Builder dropout(double value) {
      dropout = value;
      return this;
    }

    /**
     * Sets which inputs are dropped together.
     *
     * @param value by default independent
     * @return this builder
     */
    public Builder dropoutKind(DropoutKind value) {
      dropoutKind = value;
      return this;
    }

    /**
     * Sets the share of the elements of each recurrent weight that a step drops; 0 for none.
     *
     * @param value in {@code [0, 1)}; by default 0
     * @return this builder
     */
    public Builder recurrentDropout(double value) {
      recurrentDropout = value;
      return this;
    }

    /**
     * Sets how the learning rate changes.
     *
     * @param value by default a cosine after 100 steps of warm-up
     * @return this builder
     */
    public Builder schedule(Schedule value) {
      schedule = value;
      return this;
    }

    OptimizerConfig build() {
      boolean isBase = name.equals(base);
      Map<String, Double> merged = new TreeMap<>(isBase ? hyperparameters : Map.of());
      merged.putAll(hyperparametersSet);
      return new OptimizerConfig(
          name,
          isBase || isRateSet ? learningRate : OptionalDouble.empty(),
          merged,
          clipNorm,
          clipValue,
          accumulate,
          gradientSum,
          meanLoss,
          dropout,
          dropoutKind,
          recurrentDropout,
          schedule);
    }
  }
}
