package org.charrnn.api;

import java.util.List;
import java.util.function.Consumer;

/**
 * Splits text into symbols and joins symbols to text. Which symbols exist and which ids they have
 * is the business of a vocabulary, not of the tokenizer.
 *
 * <p>{@code join} of what {@code split} delivers must be the text itself. Splitting must not depend
 * on what comes later than the end of a line, so that a long text can be split line by line.
 */
public interface Tokenizer extends Plugin {

  /**
   * Delivers the symbols of {@code text} in order.
   *
   * @param text any text; it is well-formed UTF-16
   * @param symbols receives each symbol, never an empty one
   */
  void split(String text, Consumer<String> symbols);

  /** The text that consists of these symbols. */
  default String join(List<String> symbols) {
    return String.join("", symbols);
  }
}
