package org.charrnn.text.generation;

import org.charrnn.text.config.InvalidOptionException;

/**
 * Looks for the most probable text: after each symbol the {@code width} best beginnings are kept,
 * and each is prolonged by every symbol. Width 1 is greedy.
 *
 * <p>A beginning that has come to the stop string is put aside and its place is given up; the
 * search ends when all places are, or at the length. Source: Sutskever, Vinyals, Le, "Sequence to
 * Sequence Learning with Neural Networks", NIPS 2014, section 3.2.
 *
 * <p>What was put aside and what came to the full length are compared by {@code log-probability /
 * length^lengthPenalty}, lengths in symbols, the stop string included. Source: Wu et al., "Google's
 * Neural Machine Translation System", 2016, section 7, the form from which theirs was made. All
 * texts are equally long unless there is a stop string.
 *
 * <p>Of equally good texts that is taken which goes on from the better beginning, then that with
 * the symbol of the lesser id.
 *
 * @param width the number of beginnings that are kept, in [1, {@value #MOST}]
 * @param lengthPenalty at least 0: 0 compares probabilities, so that short texts win; 1 compares
 *     the mean of a symbol
 * @param repetition what is done against repetition; probabilities are those after it
 */
public record BeamSearch(int width, double lengthPenalty, Repetition repetition)
    implements Decoding {

  /** The greatest width. */
  public static final int MOST = 1000;

  /** Checks the numbers. */
  public BeamSearch {
    if (width < 1 || width > MOST) {
      throw new InvalidOptionException("beam", width, "at least 1 and at most " + MOST);
    }
    if (!(lengthPenalty >= 0 && lengthPenalty < Double.POSITIVE_INFINITY)) { // so that NaN fails
      throw new InvalidOptionException("lengthPenalty", lengthPenalty, "a number of at least 0");
    }
  }

  /** A search that compares probabilities. */
  public static BeamSearch ofWidth(int width) {
    return new BeamSearch(width, 0, Repetition.ALLOWED);
  }
}
