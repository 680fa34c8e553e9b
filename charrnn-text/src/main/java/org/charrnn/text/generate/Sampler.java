package org.charrnn.text.generate;

import java.util.random.RandomGenerator;

/**
 * Picks the next symbol from the scores of all.
 *
 * <p><b>Thread safety.</b> Stateless: what changes is the generator alone.
 */
@FunctionalInterface
public interface Sampler {

  /**
   * Picks an id.
   *
   * @param logits the score of each symbol, {@code [V]}: logarithms of probabilities up to a
   *     constant; not to be changed
   * @param random the only source of chance
   * @return the id, in {@code [0, V)}
   * @throws IllegalArgumentException if a score is not a number or infinite, which a model whose
   *     training ran away gives
   */
  int pick(float[] logits, RandomGenerator random);

  /** Always the most probable symbol; of equal ones that with the least id. */
  static Sampler greedy() {
    return new Greedy();
  }

  /**
   * Draws each symbol with its probability, {@code softmax(logits / temperature)}.
   *
   * @param temperature below 1 for more of the probable, above 1 for more of the improbable, 1 for
   *     what the model says, 0 for {@linkplain #greedy greedy}
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  static Sampler temperature(double temperature) {
    return temperature == 0 ? greedy() : new Temperature(temperature);
  }
}
