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

  /** Fills {@code values}, the row-major elements of a parameter, from {@code random}. */
  void fill(float[] values, RandomGenerator random);

  /** All zeros. */
  static Initializer zeros() {
    return constant(0);
  }

  /** A constant, for example 1 for the forget bias of an LSTM. */
  static Initializer constant(double value) {
    return (values, _) -> Arrays.fill(values, (float) value);
  }

  /** Normally distributed with mean 0. */
  static Initializer normal(double standardDeviation) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (standardDeviation * random.nextGaussian());
      }
    };
  }

  /** Uniformly distributed in {@code [-limit, limit]}. */
  static Initializer uniform(double limit) {
    return (values, random) -> {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (limit * (2 * random.nextDouble() - 1));
      }
    };
  }
}
