package org.charrnn.api;

import java.util.List;
import java.util.function.Consumer;

/**
 * Splits text into symbols and joins symbols to text. A vocabulary, not the tokenizer, determines
 * which symbols exist and which ids they have.
 *
 * <p>Joining the symbols of a text must give the same text. The symbols of a line must not depend
 * on the text after the line, so that a long text can be split line by line. A text that does not
 * fit into memory is split in chunks that end at {@link #cut}.
 *
 * <p><b>Thread safety.</b> Stateless: one instance serves all threads at once.
 */
public interface Tokenizer extends Plugin {

  /**
   * Delivers the symbols of {@code text} in order.
   *
   * @param text any text without unpaired surrogates; an empty one has no symbols
   * @param symbols receives each symbol on the calling thread; a symbol is not empty and has no
   *     unpaired surrogates
   */
  void split(String text, Consumer<String> symbols);

  /**
   * The last index at which a text can be cut, whatever text follows: splitting the two parts
   * separately delivers the same symbols as splitting the whole. The default is the end of the last
   * complete line, which is always correct; a tokenizer that cuts within lines lets texts with long
   * lines be read with less memory.
   *
   * @param text the start of a text, or of the rest of a text after a cut, without unpaired
   *     surrogates
   * @return an index in {@code [0, text.length()]}, not inside a surrogate pair; 0 if the text
   *     cannot be cut
   */
  default int cut(String text) {
    return text.lastIndexOf('\n') + 1;
  }

  /**
   * Joins symbols to a text. By default they are concatenated.
   *
   * @param symbols the symbols, in order
   * @return the text
   */
  default String join(List<String> symbols) {
    return String.join("", symbols);
  }
}
