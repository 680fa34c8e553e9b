package org.charrnn.api;

import java.util.List;
import java.util.function.Consumer;

/**
 * Splits text into symbols and joins symbols to text. Which symbols exist and which ids they have
 * is the business of a vocabulary, not of the tokenizer.
 *
 * <p>{@code join} of what {@code split} delivers must be the text itself. Splitting must not depend
 * on what comes later than the end of a line, so that a long text can be split line by line; a text
 * that does not fit into memory is split in pieces that end where {@link #cut} says.
 */
public interface Tokenizer extends Plugin {

  /**
   * Delivers the symbols of {@code text} in order.
   *
   * @param text any text; it is well-formed UTF-16
   * @param symbols receives each symbol, never an empty one
   */
  void split(String text, Consumer<String> symbols);

  /**
   * The last place at which a text can be cut, whatever follows it: to split what stands before the
   * place, and then what stands after it with all that follows, delivers the symbols of the whole.
   * Lines, of which this is the end of the last one, always can be; a tokenizer that says more lets
   * texts with long lines be read with less memory.
   *
   * @param text the beginning of a text, or of what stands after a cut; well-formed UTF-16
   * @return an index, from 0, if there is no such place, to the length of {@code text}; not in the
   *     middle of a surrogate pair
   */
  default int cut(String text) {
    return text.lastIndexOf('\n') + 1;
  }

  /** The text that consists of these symbols. */
  default String join(List<String> symbols) {
    return String.join("", symbols);
  }
}
