package org.charrnn.text.generation;

import org.charrnn.text.config.InvalidOptionException;

/**
 * How text is generated from the probabilities of a model: by {@linkplain Sampler choosing} one
 * symbol after another, or by a {@linkplain BeamSearch search} for a probable text.
 *
 * <p>Both work on a copy of the scores of the model, in double precision. They do not change the
 * model.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Decoding permits Sampler, BeamSearch {

  /** {@return the rules against repetition, which apply before anything else} */
  Repetition repetition();

  /**
   * The rules against repetition. Both consider the whole text so far, including the prompt.
   *
   * <p>Source of the penalty: Keskar et al., "CTRL: A Conditional Transformer Language Model for
   * Controllable Generation", 2019, section 4.1: the score of a symbol that occurred is divided by
   * the penalty. That would make a symbol with a negative score more probable, so a negative score
   * is multiplied, as implementations have done since.
   *
   * <p>Source of the rule that no n-gram occurs twice: Paulus, Xiong, Socher, "A Deep Reinforced
   * Model for Abstractive Summarization", ICLR 2018, section 2.5, there for trigrams.
   *
   * <p><b>Thread safety.</b> Immutable.
   *
   * @param penalty at least 1, which has no effect; 1.2 in the paper
   * @param noRepeatNgram n, if no sequence of n symbols may be generated that the text already
   *     contains; 0 for no such rule. With 1 no symbol occurs twice.
   */
  record Repetition(double penalty, int noRepeatNgram) {

    /** No rules. */
    public static final Repetition ALLOWED = new Repetition(1, 0);

    /**
     * Checks the numbers.
     *
     * @throws InvalidOptionException if a number is out of range; the message names it
     */
    public Repetition {
      if (!(penalty >= 1 && penalty < Double.POSITIVE_INFINITY)) { // written so that NaN fails
        throw new InvalidOptionException(
            "repetitionPenalty", penalty, "a number of at least 1, which has no effect");
      }
      if (noRepeatNgram < 0) {
        throw new InvalidOptionException(
            "noRepeatNgram", noRepeatNgram, "at least 1, or 0 for no such rule");
      }
    }
  }
}
