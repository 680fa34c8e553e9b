package org.charrnn.text.generation;

import org.charrnn.text.config.InvalidOptionException;

/**
 * Chooses one symbol after another, by chance or always the best.
 *
 * <p>What is set works in this order: {@linkplain Repetition repetition penalty, no repeated
 * n-gram}, temperature, top-k, nucleus; then one of the symbols that are left is drawn, each with
 * its probability divided by that of all of them. Of equally probable symbols those with lesser ids
 * are kept.
 *
 * <ul>
 *   <li>Top-k keeps the k most probable symbols: Fan, Lewis, Dauphin, "Hierarchical Neural Story
 *       Generation", ACL 2018.
 *   <li>The nucleus, or top-p, is the smallest set of most probable symbols whose probability is p
 *       or more, of what top-k left: Holtzman et al., "The Curious Case of Neural Text
 *       Degeneration", ICLR 2020, section 3.1.
 * </ul>
 *
 * @param temperature divides the scores: below 1 for more of the probable, above 1 for more of the
 *     improbable, 1 for what the model says; 0 always takes the most probable symbol, of equal ones
 *     that with the least id
 * @param topK k, at least 1; {@link #ALL} keeps every symbol, and so does a k beyond the vocabulary
 * @param topP p in (0, 1]; 1 keeps every symbol
 * @param repetition what is done against repetition
 */
public record Sampler(double temperature, int topK, double topP, Repetition repetition)
    implements Decoding {

  /** No top-k. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final String WITH_GREEDY =
      "left away with temperature 0, which always takes the most probable symbol";

  /** Checks the numbers, and that nothing is filtered that is not drawn from. */
  public Sampler {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) { // so that NaN fails
      throw new InvalidOptionException("temperature", temperature, "a number of at least 0");
    }
    if (topK < 1) {
      throw new InvalidOptionException("topK", topK, "at least 1");
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new InvalidOptionException("topP", topP, "greater than 0 and at most 1");
    }
    if (temperature == 0 && topK != ALL) {
      throw new InvalidOptionException("topK", topK, WITH_GREEDY);
    }
    if (temperature == 0 && topP < 1) {
      throw new InvalidOptionException("topP", topP, WITH_GREEDY);
    }
  }

  /** Always the most probable symbol; of equal ones that with the least id. */
  public static Sampler greedy() {
    return temperature(0);
  }

  /**
   * Draws each symbol with its probability, {@code softmax(scores / temperature)}.
   *
   * @throws InvalidOptionException if the temperature is negative, infinite or not a number
   */
  public static Sampler temperature(double temperature) {
    return new Sampler(temperature, ALL, 1, Repetition.ALLOWED);
  }

  /** What to draw with unless there is a reason not to: varied, and seldom astray. */
  public static Sampler standard() {
    return temperature(0.8).withTopP(0.9);
  }

  /** The same with top-k. */
  public Sampler withTopK(int k) {
    return new Sampler(temperature, k, topP, repetition);
  }

  /** The same with a nucleus. */
  public Sampler withTopP(double p) {
    return new Sampler(temperature, topK, p, repetition);
  }

  /** The same, against repetition. */
  public Sampler withRepetition(Repetition against) {
    return new Sampler(temperature, topK, topP, against);
  }

  /** Whether always the most probable symbol is taken, so that the seed does nothing. */
  public boolean isGreedy() {
    return temperature == 0;
  }
}
