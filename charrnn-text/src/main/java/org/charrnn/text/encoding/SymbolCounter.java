package org.charrnn.text.encoding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.Vocabulary;

/** Counts the symbols of a text in pieces. Code points, the usual case, have a fast path. */
sealed interface SymbolCounter {

  static SymbolCounter of(Tokenizer tokenizer) {
    return tokenizer.name().equals(CodePointTokenizer.NAME)
        ? new OfCodePoints(new CodePointTable())
        : new OfSymbols(tokenizer, new HashMap<>());
  }

  /**
   * Counts the symbols of a piece.
   *
   * @return their number, equal ones counted each time
   */
  long count(String piece);

  /** The symbols and how often each occurred, in no particular order. */
  List<Vocabulary.Entry> entries();

  /** Counts code points. */
  record OfCodePoints(CodePointTable counts) implements SymbolCounter {
    @Override
    public long count(String piece) {
      long symbols = 0;
      for (int i = 0; i < piece.length(); symbols++) {
        int codePoint = piece.codePointAt(i);
        counts.add(codePoint, 1);
        i += Character.charCount(codePoint);
      }
      return symbols;
    }

    @Override
    public List<Vocabulary.Entry> entries() {
      List<Vocabulary.Entry> entries = new ArrayList<>();
      counts.forEach((codePoint, count) ->
          entries.add(new Vocabulary.Entry(Character.toString(codePoint), count)));
      return entries;
    }
  }

  /** Counts the symbols of any tokenizer. */
  record OfSymbols(Tokenizer tokenizer, Map<String, long[]> counts) implements SymbolCounter {
    @Override
    public long count(String piece) {
      long[] symbols = {0};
      tokenizer.split(
          piece,
          symbol -> {
            counts.computeIfAbsent(symbol, _ -> new long[1])[0]++;
            symbols[0]++;
          });
      return symbols[0];
    }

    @Override
    public List<Vocabulary.Entry> entries() {
      List<Vocabulary.Entry> entries = new ArrayList<>();
      counts.forEach((symbol, count) -> entries.add(new Vocabulary.Entry(symbol, count[0])));
      return entries;
    }
  }
}
