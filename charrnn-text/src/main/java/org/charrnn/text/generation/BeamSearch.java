package org.charrnn.text.generation;

import org.charrnn.text.config.InvalidOptionException;

/**
 * Searches for the most probable text: after each symbol the {@code width} best hypotheses are
 * kept, and each is extended by every symbol. Width 1 is greedy.
 *
 * <p>A hypothesis that reaches the stop string is finished and no longer counts toward the width of
 * the beam; the search ends when all are finished, or at the length. Source: Sutskever, Vinyals,
 * Le, "Sequence to Sequence Learning with Neural Networks", NIPS 2014, section 3.2.
 *
 * <p>Finished hypotheses and those of full length are compared by {@code log-probability /
 * length^lengthPenalty}, lengths in symbols, the stop string included. Source: Wu et al., "Google's
 * Neural Machine Translation System", 2016, section 7, whose formula generalizes this one. Without
 * a stop string all texts have the same length.
 *
 * <p>Of equally good hypotheses the one that extends the better hypothesis is preferred, then the
 * one whose symbol has the lower id.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param width the number of hypotheses that are kept, in [1, {@value #MAX_WIDTH}]
 * @param lengthPenalty at least 0: 0 compares probabilities, which favors short texts; 1 compares
 *     the mean per symbol
 * @param repetition the rules against repetition; probabilities are those after it
 */
public record BeamSearch(int width, double lengthPenalty, Decoding.Repetition repetition)
    implements Decoding {

  /** The maximum width. */
  public static final int MAX_WIDTH = 1000;

  /**
   * Checks the numbers.
   *
   * @throws InvalidOptionException if a number is out of range; the message names it
   */
  public BeamSearch {
    if (width < 1 || width > MAX_WIDTH) {
      throw new InvalidOptionException("beam", width, "at least 1 and at most " + MAX_WIDTH);
    }
    if (!(lengthPenalty >= 0 && lengthPenalty < Double.POSITIVE_INFINITY)) { // so that NaN fails
      throw new InvalidOptionException("lengthPenalty", lengthPenalty, "a number of at least 0");
    }
  }

  /**
   * {@return a search that compares probabilities}
   *
   * @param width the number of hypotheses, in [1, {@value #MAX_WIDTH}]
   * @throws InvalidOptionException if it is out of range
   */
  public static BeamSearch ofWidth(int width) {
    return new BeamSearch(width, 0, Decoding.Repetition.ALLOWED);
  }
}
