package org.charrnn.text.scoring;

/**
 * A candidate of a ranking.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param candidate the candidate
 * @param score its score after the common prefix; candidates are ranked by its {@link
 *     TextScore#logProbability}
 */
public record Ranked(String candidate, TextScore score) {

  /** {@return the natural logarithm of the probability of the candidate after the prefix} */
  public double logProbability() {
    return score.logProbability();
  }
}
