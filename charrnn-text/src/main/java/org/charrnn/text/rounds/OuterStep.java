package org.charrnn.text.rounds;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.charrnn.text.config.RoundConfig;

/**
 * The step that ends a round: stochastic gradient descent with Nesterov momentum, whose gradient is
 * the mean of the changes of the workers:
 *
 * <pre>{@code
 * d = sum over the workers of (weights - weights of the worker) / workers
 * m = momentum * m + d
 * weights = weights - learningRate * (d + momentum * m)
 * }</pre>
 *
 * <p>Each element is computed by itself, so all methods can be applied to any slice of the weights,
 * with the same slices of the other arrays, and give the same numbers.
 *
 * <p>Source: Douillard et al., "DiLoCo: Distributed Low-Communication Training of Language Models",
 * 2023; with momentum as in Sutskever et al., "On the importance of initialization and momentum in
 * deep learning", ICML 2013, in the form of PyTorch.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param workers the number of workers
 * @param learningRate the learning rate
 * @param momentum the momentum, in {@code [0, 1)}
 */
public record OuterStep(int workers, double learningRate, double momentum) implements Serializable {

  /**
   * The outer step of a configuration.
   *
   * @param config the configuration
   * @return the step
   */
  public static OuterStep of(RoundConfig config) {
    return new OuterStep(config.workers(), config.outerLearningRate(), config.outerMomentum());
  }

  /**
   * The sum of some arrays, element by element in the order of the list, in 32 bits. The order
   * matters, because each addition is rounded.
   *
   * @param values at least one array, all of the same length
   * @return the sum
   */
  public static float[] sum(List<float[]> values) {
    float[] sum = new float[values.getFirst().length];
    for (float[] more : values) {
      add(sum, more);
    }
    return sum;
  }

  /**
   * Adds an array to a sum that starts with zeros; {@link #sum} of a list adds its arrays in order.
   *
   * @param sum changed in place
   * @param more the array to add, of the same length
   */
  public static void add(float[] sum, float[] more) {
    requireSameLength(sum, more);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += more[i];
    }
  }

  /**
   * Changes the weights and the momentum in place. Each new number is computed in 64 bits and
   * rounded once.
   *
   * @param weights the weights of the round, or a slice of them
   * @param velocity m, the same slice; zeros before the first round
   * @param sum the {@link #sum} of the changes of the workers, the same slice
   */
  public void apply(float[] weights, float[] velocity, float[] sum) {
    requireSameLength(weights, velocity);
    requireSameLength(weights, sum);
    for (int i = 0; i < weights.length; i++) {
      double change = (double) sum[i] / workers;
      double next = momentum * velocity[i] + change;
      weights[i] = (float) (weights[i] - learningRate * (change + momentum * next));
      velocity[i] = (float) next;
    }
  }

  private static void requireSameLength(float[] first, float[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "arrays of one slice must have the same length: %d, %d",
              first.length,
              second.length));
    }
  }
}
