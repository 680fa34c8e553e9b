package org.charrnn.optim.adam;

import org.charrnn.api.Hyperparameter;
import org.charrnn.graph.Tensor;

/**
 * An exponential moving average that starts at zero: {@code a = beta * a + (1 - beta) * x}.
 *
 * <p>It is recorded as the equivalent {@code a + (1 - beta) * (x - a)}, whose two factors add up to
 * 1 in f32 too; as floats, 0.999 and 0.001 would leave an error of 1e-5 in the limit of the mean.
 */
final class RunningMean {

  private RunningMean() {}

  /** The declaration of a beta; its maximum is the value nearest to 1 that is safe in f32. */
  static Hyperparameter beta(String name, double defaultValue, String meaning) {
    return new Hyperparameter(name, defaultValue, 0, 0.999999, meaning);
  }

  /** The mean updated by {@code value}. */
  static Tensor next(Tensor mean, double beta, Tensor value) {
    return mean.plus(value.minus(mean).times(1 - beta));
  }

  /**
   * The divisor that corrects the mean for its start at zero: {@code 1 - beta^number}, a scalar.
   *
   * <p>With {@code beta^number = exp(-2u)}, {@code u = -number * log(beta) / 2}, it is {@code 2
   * tanh(u) / (1 + tanh(u))}. Subtracting the power from 1 would cost three of the seven digits of
   * f32 in the first steps.
   */
  static Tensor correction(double beta, Tensor number) {
    if (beta == 0) {
      return number.graph().constant(1);
    }
    Tensor tanh = number.times(-Math.log(beta) / 2).tanh();
    return tanh.times(2).dividedBy(tanh.plus(1));
  }
}
