package org.charrnn.api;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Sets the initial values of a parameter.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves all threads at once. The generator of a
 * call belongs to one thread.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills {@code values}, the row-major elements of a parameter, with finite numbers. The same
   * state of {@code random} gives the same values.
   *
   * @param values the array to fill
   * @param random the source of random numbers
   */
  void fill(float[] values, RandomGenerator random);

  /** {@return an initializer to zeros, which draws no random numbers} */
  static Initializer zeros() {
    return constant(0);
  }

  /**
   * {@return an initializer to a constant, for example 1 for the forget bias of an LSTM; it draws
   * no random numbers}
   *
   * @param value the value of all elements, which is rounded to a float
   */
  static Initializer constant(double value) {
    return (values, _) -> Arrays.fill(values, (float) value);
  }

  /**
   * {@return an initializer to numbers that are normally distributed with mean 0}
   *
   * @param standardDeviation the standard deviation, finite
   */
  static Initializer normal(double standardDeviation) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (standardDeviation * random.nextGaussian());
      }
    };
  }

  /**
   * {@return an initializer to numbers that are uniformly distributed in {@code [-limit, limit]}}
   *
   * @param limit the maximum of their absolute values, finite
   */
  static Initializer uniform(double limit) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (limit * (2 * random.nextDouble() - 1));
      }
    };
  }
}
