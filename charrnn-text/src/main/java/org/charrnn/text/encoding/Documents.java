package org.charrnn.text.encoding;

import java.util.Optional;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;

/**
 * Finds where the documents of a text begin: at each symbol that is configured to begin one, and
 * after blank lines, if these separate documents. That depends only on the symbol and the {@link
 * #LOOK_BACK} symbols before it, so it is the same wherever reading starts.
 *
 * <p>For a model that reads backward, a document begins at its last symbol: the symbols "before"
 * are those that are read before, and the symbol that begins documents is the last one of a
 * document.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Documents {

  /** The number of preceding symbols that matter: two line endings, CR LF each. */
  public static final int LOOK_BACK = 4;

  private static final int NO_SYMBOL = -1;

  /** No symbol begins a document. */
  public static final Documents NONE = new Documents(NO_SYMBOL, false, new byte[0], new boolean[0]);

  private static final int BLANK_LINE = 2; // line feeds

  /** How many ids are scanned at a time. */
  private static final int SCANNED = 1 << 16;

  private final int boundary; // the symbol that begins documents, or ends them
  private final boolean ends;
  private final byte[] lineFeeds; // at the end of a symbol, by id; empty if irrelevant
  private final boolean[] nothingElse; // whether a symbol consists of line endings

  private Documents(int boundary, boolean ends, byte[] lineFeeds, boolean[] nothingElse) {
    this.boundary = boundary;
    this.ends = ends;
    this.lineFeeds = lineFeeds;
    this.nothingElse = nothingElse;
  }

  /**
   * The documents of texts with this vocabulary.
   *
   * @param begin the symbol that begins a document, if one does
   * @throws InvalidOptionException if it is not in the vocabulary
   */
  static Documents of(
      Vocabulary vocabulary,
      Optional<String> begin,
      DocumentConfig.Separator separator,
      ReadingDirection direction) {
    int id = begin.isEmpty() ? NO_SYMBOL : id(vocabulary, begin.get());
    return switch (separator) {
      case NONE ->
          new Documents(id, direction == ReadingDirection.BACKWARD, new byte[0], new boolean[0]);
      case BLANK_LINE -> blankLines(vocabulary, id, direction);
    };
  }

  /**
   * The documents at which the state is reset to zero.
   *
   * @throws InvalidOptionException if the vocabulary does not contain {@code documentBegin}
   */
  public static Documents resets(TrainingConfig config, Vocabulary vocabulary) {
    DocumentConfig documents = config.documents();
    return documents.resetAtDocuments()
        ? of(
            vocabulary,
            documents.documentBegin(),
            documents.documentSeparator(),
            config.model().direction())
        : NONE;
  }

  /**
   * Checks the symbol that begins documents, whether or not it is used.
   *
   * @throws InvalidOptionException if the vocabulary does not contain {@code documentBegin}
   */
  public static void requireKnown(DocumentConfig config, Vocabulary vocabulary) {
    config.documentBegin().ifPresent(begin -> id(vocabulary, begin));
  }

  private static int id(Vocabulary vocabulary, String begin) {
    return vocabulary
        .find(begin)
        .orElseThrow(() ->
            new InvalidOptionException(
                "documentBegin", begin, "one symbol that occurs in the text"));
  }

  private static Documents blankLines(
      Vocabulary vocabulary, int boundary, ReadingDirection direction) {
    boolean backward = direction == ReadingDirection.BACKWARD;
    byte[] lineFeeds = new byte[vocabulary.size()];
    boolean[] nothingElse = new boolean[vocabulary.size()];
    for (int id = 0; id < vocabulary.size(); id++) {
      String symbol = vocabulary.symbol(id).replace("\r", "");
      String rest = symbol.replaceAll(backward ? "^\n+" : "\n+$", "");
      lineFeeds[id] = (byte) Math.min(BLANK_LINE, symbol.length() - rest.length());
      nothingElse[id] = rest.isEmpty();
    }
    return new Documents(boundary, backward, lineFeeds, nothingElse);
  }

  /**
   * Checks that the documents of a text are separated as configured, so that the option has an
   * effect.
   *
   * @throws InvalidOptionException if the text has no blank line, which should separate documents
   */
  public static void requireSeparated(DocumentConfig config, Vocabulary vocabulary, Ids ids) {
    if (config.documentSeparator() == DocumentConfig.Separator.BLANK_LINE
        && !blankLines(vocabulary, NO_SYMBOL, ReadingDirection.FORWARD).beginsAny(ids)) {
      throw new InvalidOptionException(
          "documentSeparator",
          DocumentConfig.Separator.BLANK_LINE,
          "none for a text without blank lines; a line with spaces is not blank");
    }
  }

  private boolean beginsAny(Ids ids) {
    int length = (int) Math.min(ids.length(), SCANNED);
    IdWindow window = new IdWindow(ids, 1, length, this);
    for (long from = 0; from < ids.length(); from += length) {
      int count = (int) Math.min(length, ids.length() - from);
      window.read(from, count);
      for (int i = 0; i < count; i++) {
        if (window.documentBegins(i)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether any symbol can begin a document. */
  public boolean areKnown() {
    return boundary >= 0 || lineFeeds.length > 0;
  }

  /**
   * Whether a document begins.
   *
   * @param ids the text, or a part of it, in reading order
   * @param index the index of a symbol in it
   * @param first the index from which the ids are known; those before are not used
   */
  public boolean beginAt(int[] ids, int index, int first) {
    int id = ids[index];
    if (ends ? index > first && ids[index - 1] == boundary : id == boundary) {
      return true;
    }
    if (lineFeeds.length == 0 || nothingElse[id]) {
      return false;
    }
    int found = 0;
    int last = Math.max(first, index - LOOK_BACK);
    for (int before = index - 1; before >= last && found < BLANK_LINE; before--) {
      found += lineFeeds[ids[before]];
      if (!nothingElse[ids[before]]) {
        break;
      }
    }
    return found >= BLANK_LINE;
  }
}
