package org.charrnn.text.config;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How a step changes the parameters.
 *
 * @param name the name of the optimizer, such as {@code adagrad}
 * @param learningRate the learning rate; empty for the optimizer's default
 * @param hyperparameters what else the optimizer is to be told, by name; it has defaults for the
 *     rest
 * @param clipNorm the greatest global norm of all gradients together, which are scaled down to it;
 *     empty for none
 * @param clipValue the greatest absolute value of each element of a gradient, cut off there before
 *     the norm is looked at; empty for none
 * @param accumulate the windows of a step: the mean of their gradients makes one update
 * @param meanLoss whether the mean of the losses of a window is differentiated; else their sum, as
 *     in the seed
 * @param dropout the share of the inputs of each layer and of the output layer that a step leaves
 *     out, in {@code [0, 1)}; symbols are never left out
 * @param schedule how the learning rate changes
 */
public record OptimizerConfig(
    String name,
    OptionalDouble learningRate,
    Map<String, Double> hyperparameters,
    OptionalDouble clipNorm,
    OptionalDouble clipValue,
    int accumulate,
    boolean meanLoss,
    double dropout,
    Schedule schedule) {
  /** Checks the numbers and sorts the hyperparameters by name. */
  public OptimizerConfig {
    Check.name("optimizer", name);
    learningRate.ifPresent(rate -> Check.greaterThanZero("learningRate", rate));
    clipNorm.ifPresent(norm -> Check.greaterThanZero("clipNorm", norm));
    clipValue.ifPresent(value -> Check.greaterThanZero("clipValue", value));
    Check.atLeast(1, "accumulate", accumulate);
    Check.within(0, 1, "dropout", dropout);
    hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
  }
}
