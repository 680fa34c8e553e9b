package org.charrnn.text.encoding;

import java.util.Arrays;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;

/**
 * Encodes texts as ids. Code points, the usual case, have a fast path.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class Encoder {

  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final boolean codePoints;
  private final CodePointTable known = new CodePointTable(); // the id plus 1
  private int[] ids = {};
  private int count;

  /** Encodes with a vocabulary whose symbols are those of the tokenizer. */
  public Encoder(Vocabulary vocabulary, Tokenizer tokenizer) {
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    this.codePoints = tokenizer.name().equals(CodePointTokenizer.NAME);
    if (codePoints) {
      for (int id = 0; id < vocabulary.size(); id++) {
        String symbol = vocabulary.symbol(id);
        if (symbol.codePointCount(0, symbol.length()) == 1) {
          known.add(symbol.codePointAt(0), id + 1L);
        }
      }
    }
  }

  /**
   * The ids of a text.
   *
   * @throws UnknownSymbolException if a symbol has none
   */
  public int[] encode(String text) {
    ids = new int[text.length()];
    count = 0;
    if (codePoints) {
      encodeCodePoints(text);
    } else {
      tokenizer.split(text, symbol -> add(vocabulary.id(symbol)));
    }
    int[] encoded = count == ids.length ? ids : Arrays.copyOf(ids, count);
    ids = new int[0];
    return encoded;
  }

  private void encodeCodePoints(String text) {
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      long id = known.get(codePoint) - 1;
      // The vocabulary throws the exception.
      ids[count++] = id >= 0 ? (int) id : vocabulary.id(Character.toString(codePoint));
      i += Character.charCount(codePoint);
    }
  }

  private void add(int id) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(16, count * 2));
    }
    ids[count++] = id;
  }
}
