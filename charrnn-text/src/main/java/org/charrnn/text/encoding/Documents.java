package org.charrnn.text.encoding;

import java.util.Optional;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.DocumentSeparator;
import org.charrnn.text.corpus.Vocabulary;

/**
 * Where the documents of a text begin: at each symbol that is said to begin one, and at each that
 * follows a blank line, if these separate documents. It takes the symbol and the {@link #LOOK_BACK}
 * before it to tell, so the answer does not depend on where reading began.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Documents {

  /** How many symbols before one decide whether it begins a document: two line ends, CR LF each. */
  public static final int LOOK_BACK = 4;

  /** No symbol begins a document. */
  public static final Documents NONE = new Documents(-1, new byte[0], new boolean[0]);

  private static final int ENOUGH = 2; // line feeds make a blank line

  private final int begin;
  private final byte[]
      lineFeeds; // that a symbol ends with, by id; empty if blank lines mean nothing
  private final boolean[] nothingElse; // whether there is nothing else in it

  private Documents(int begin, byte[] lineFeeds, boolean[] nothingElse) {
    this.begin = begin;
    this.lineFeeds = lineFeeds;
    this.nothingElse = nothingElse;
  }

  /**
   * The documents of texts with this vocabulary.
   *
   * @param begin the symbol that begins a document, if one does
   * @throws InvalidOptionException if that is no symbol of the vocabulary
   */
  static Documents of(
      Vocabulary vocabulary, Optional<String> begin, DocumentSeparator separator) {
    int id = begin.isEmpty() ? -1 : id(vocabulary, begin.get());
    return switch (separator) {
      case NONE -> new Documents(id, new byte[0], new boolean[0]);
      case BLANK_LINE -> blankLines(vocabulary, id);
    };
  }

  /**
   * The documents at which the state is reset to zero.
   *
   * @throws InvalidOptionException if the vocabulary does not contain {@code documentBegin}
   */
  public static Documents resets(DocumentConfig config, Vocabulary vocabulary) {
    return config.resetAtDocuments()
        ? of(vocabulary, config.documentBegin(), config.documentSeparator())
        : NONE;
  }

  /**
   * Checks the symbol that begins documents, whether or not it is used.
   *
   * @throws InvalidOptionException if the vocabulary does not contain {@code documentBegin}
   */
  public static void requireKnown(DocumentConfig config, Vocabulary vocabulary) {
    of(vocabulary, config.documentBegin(), config.documentSeparator());
  }

  private static int id(Vocabulary vocabulary, String begin) {
    return vocabulary
        .find(begin)
        .orElseThrow(() ->
            new InvalidOptionException(
                "documentBegin", begin, "one symbol that occurs in the text"));
  }

  private static Documents blankLines(Vocabulary vocabulary, int begin) {
    byte[] lineFeeds = new byte[vocabulary.size()];
    boolean[] nothingElse = new boolean[vocabulary.size()];
    for (int id = 0; id < vocabulary.size(); id++) {
      String symbol = vocabulary.symbol(id).replace("\r", "");
      String rest = symbol.replaceAll("\n+$", "");
      lineFeeds[id] = (byte) Math.min(ENOUGH, symbol.length() - rest.length());
      nothingElse[id] = rest.isEmpty();
    }
    return new Documents(begin, lineFeeds, nothingElse);
  }

  /** Whether any symbol may begin a document. */
  public boolean areKnown() {
    return begin >= 0 || lineFeeds.length > 0;
  }

  /**
   * Whether a document begins.
   *
   * @param ids the text, or a part of it
   * @param index where in it
   * @param first where in it the text begins, or the part that is known; nothing before is looked
   *     at
   */
  public boolean beginAt(int[] ids, int index, int first) {
    int id = ids[index];
    if (id == begin) {
      return true;
    }
    if (lineFeeds.length == 0 || nothingElse[id]) {
      return false;
    }
    int found = 0;
    int last = Math.max(first, index - LOOK_BACK);
    for (int before = index - 1; before >= last && found < ENOUGH; before--) {
      found += lineFeeds[ids[before]];
      if (!nothingElse[ids[before]]) {
        break;
      }
    }
    return found >= ENOUGH;
  }
}
