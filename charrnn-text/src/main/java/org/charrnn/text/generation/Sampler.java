package org.charrnn.text.generation;

import org.charrnn.text.config.InvalidOptionException;

/**
 * Chooses one symbol after another, at random or always the most probable one.
 *
 * <p>The settings apply in this order: {@linkplain Decoding.Repetition repetition penalty, no
 * repeated n-gram}, temperature, top-k, nucleus; then one of the remaining symbols is drawn with
 * its renormalized probability. Of equally probable symbols those with lower ids are kept.
 *
 * <ul>
 *   <li>Top-k keeps the k most probable symbols: Fan, Lewis, Dauphin, "Hierarchical Neural Story
 *       Generation", ACL 2018.
 *   <li>The nucleus, or top-p, is the smallest set of most probable symbols whose probability is p
 *       or more, after top-k: Holtzman et al., "The Curious Case of Neural Text Degeneration", ICLR
 *       2020, section 3.1.
 * </ul>
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param temperature divides the scores: below 1 favors probable symbols, above 1 improbable ones,
 *     1 follows the model; 0 always chooses the most probable symbol, of equal ones the lowest id
 * @param topK k, at least 1; {@link #ALL} keeps every symbol, as does a k beyond the vocabulary
 * @param topP p in (0, 1]; 1 keeps every symbol
 * @param repetition the rules against repetition
 */
public record Sampler(double temperature, int topK, double topP, Decoding.Repetition repetition)
    implements Decoding {

  /** No top-k. */
  public static final int ALL = Integer.MAX_VALUE;

  private static final String WITH_GREEDY =
      "omitted with temperature 0, which always chooses the most probable symbol";

  /**
   * Checks the numbers, and that no filter is combined with temperature 0.
   *
   * @throws InvalidOptionException if a number is out of range or a filter has temperature 0; the
   *     message names it
   */
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

  /** {@return always the most probable symbol; of equal ones the lowest id} */
  public static Sampler greedy() {
    return temperature(0);
  }

  /**
   * Draws each symbol with its probability, {@code softmax(scores / temperature)}.
   *
   * @param temperature divides the logits, at least 0
   * @return the sampler
   * @throws InvalidOptionException if the temperature is negative, infinite or not a number
   */
  public static Sampler temperature(double temperature) {
    return new Sampler(temperature, ALL, 1, Decoding.Repetition.ALLOWED);
  }

  /** {@return the recommended settings: varied, and rarely off the subject} */
  public static Sampler standard() {
    return temperature(0.8).withTopP(0.9);
  }

  /**
   * {@return the same with top-k}
   *
   * @param k the number of the most probable symbols to keep, at least 1
   * @throws InvalidOptionException if it is less than 1, or the temperature is 0
   */
  public Sampler withTopK(int k) {
    return new Sampler(temperature, k, topP, repetition);
  }

  /**
   * {@return the same with a nucleus}
   *
   * @param p the mass of probability to keep, in (0, 1]
   * @throws InvalidOptionException if it is out of range, or below 1 with temperature 0
   */
  public Sampler withTopP(double p) {
    return new Sampler(temperature, topK, p, repetition);
  }

  /**
   * {@return the same with these rules against repetition}
   *
   * @param rules what may be repeated
   */
  public Sampler withRepetition(Decoding.Repetition rules) {
    return new Sampler(temperature, topK, topP, rules);
  }

  /** {@return whether the most probable symbol is always chosen, so that the seed has no effect} */
  public boolean isGreedy() {
    return temperature == 0;
  }
}
