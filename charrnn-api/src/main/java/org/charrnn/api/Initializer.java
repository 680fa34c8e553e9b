package org.charrnn.api;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Sets the initial values of a parameter.
 *
 * <p><b>Thread safety.</b> Stateless; the generator belongs to one thread.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills {@code values}, the row-major elements of a parameter, from {@code random}.
   *
   * @param values the array to fill
   * @param random the source of random numbers
   */
  void fill(float[] values, RandomGenerator random);

  /** {@return all zeros} */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * {@return a constant, for example 1 for the forget bias of an LSTM}
   *
   * @param value the value of all elements
   */
  static Initializer constant(double value) {
    return (values, _) -> Arrays.fill(values, (float) value);
  }

  /**
   * {@return normally distributed with mean 0}
   *
   * @param standardDeviation the standard deviation
   */
  static Initializer normal(double standardDeviation) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (standardDeviation * random.nextGaussian());
      }
    };
  }

  /**
   * {@return uniformly distributed in {@code [-limit, limit]}}
   *
   * @param limit the maximum of absolute values
   */
  static Initializer uniform(double limit) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (limit * (2 * random.nextDouble() - 1));
      }
    };
  }
}
