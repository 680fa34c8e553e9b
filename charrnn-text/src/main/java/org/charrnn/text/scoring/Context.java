package org.charrnn.text.scoring;

import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.unicode.Surrogates;

/**
 * The condition of the probability of the first symbol of a text. (Of the last symbol, if the model
 * reads from right to left.)
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public sealed interface Context {

  /**
   * A text, which the model reads first.
   *
   * @param text at least one symbol, all of which must be in the vocabulary
   */
  record Text(String text) implements Context {
    /**
     * Checks that the text is well-formed and not empty.
     *
     * @throws InvalidOptionException if it is not
     */
    public Text {
      if (text.isEmpty() || Surrogates.firstUnpaired(text) >= 0) {
        throw new InvalidOptionException(
            "context", text, "a text that is not empty, without unpaired surrogates");
      }
    }
  }

  /**
   * A state of the model, see {@link State#score}.
   *
   * @param state a state of the model that scores
   */
  record After(State state) implements Context {}

  /**
   * Nothing: the probability of the first symbol is its relative frequency in the training text,
   * with 1 added to each count.
   */
  record None() implements Context {}
}
