package org.charrnn.text.scoring;

import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.evaluation.ModelDivergedException;

/**
 * A model that has read a text: everything that its predictions depend on, a few kilobytes. A state
 * never changes; to read more gives another state, so that one text can be continued in several
 * ways. Two states are equal if all predictions of the same model are.
 *
 * <p>States are valid as long as their model is open, and refer to it. {@link #toBytes} keeps one
 * for longer, or for another process.
 *
 * <p><b>Thread safety.</b> Immutable, and any number of threads may use it.
 */
public interface State {

  /**
   * {@return the state after more text}
   *
   * @param text any number of symbols, all of which must be in the vocabulary
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws IllegalStateException if the model was closed
   */
  State read(String text);

  /**
   * {@return the probabilities of the next symbol}
   *
   * @throws ModelDivergedException if the scores of the model are not finite
   * @throws IllegalStateException if the model was closed
   */
  Distribution next();

  /**
   * {@return the probability of a text after this state}
   *
   * @param text the text
   * @throws UnknownSymbolException if a symbol is not in the vocabulary
   * @throws ModelDivergedException if a loss is not finite
   * @throws IllegalStateException if the model was closed
   */
  TextScore score(String text);

  /**
   * {@return everything that is needed to resume from this state, see {@link
   * org.charrnn.text.LanguageModel#resume}}
   */
  byte[] toBytes();
}
