package org.charrnn.text.generation;

import org.charrnn.text.config.InvalidOptionException;

/**
 * What is done against repetition. Both parts look at the whole text so far, what it began with
 * included.
 *
 * <p>Source of the penalty: Keskar et al., "CTRL: A Conditional Transformer Language Model for
 * Controllable Generation", 2019, section 4.1: the score of a symbol that occurred is divided by
 * the penalty. Of a negative score that would make the symbol more probable, so a negative score is
 * multiplied, as those do who use it since.
 *
 * <p>Source of the rule that no n-gram returns: Paulus, Xiong, Socher, "A Deep Reinforced Model for
 * Abstractive Summarization", ICLR 2018, section 2.5, there for trigrams.
 *
 * @param penalty at least 1, which does nothing; 1.2 in the paper
 * @param noRepeatNgram n, if no sequence of n symbols may be written that stands in the text
 *     already; 0 for no such rule. With 1 no symbol comes twice.
 */
public record Repetition(double penalty, int noRepeatNgram) {

  /** Repetition is left to the model. */
  public static final Repetition ALLOWED = new Repetition(1, 0);

  /** Checks the numbers. */
  public Repetition {
    if (!(penalty >= 1 && penalty < Double.POSITIVE_INFINITY)) { // written so that NaN fails
      throw new InvalidOptionException(
          "repetitionPenalty", penalty, "a number of at least 1, which does nothing");
    }
    if (noRepeatNgram < 0) {
      throw new InvalidOptionException(
          "noRepeatNgram", noRepeatNgram, "at least 1, or 0 for no such rule");
    }
  }
}
