package org.charrnn.text.encoding;

import java.util.Locale;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.TextFile;
import org.jspecify.annotations.Nullable;

/**
 * A text in pieces, each of which a tokenizer can split independently of the others.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class TextPieces {

  /** The maximum number of UTF-16 units between places at which the tokenizer allows a cut. */
  static final int LONGEST = 1 << 24;

  private final TextFile file;
  private final Tokenizer tokenizer;
  private final int bytes;
  private long offset;
  private SeekPoint mark;
  private String rest = ""; // from the mark to the offset

  /**
   * Prepares to read.
   *
   * @param bytes how many bytes to read at a time
   * @param from the place of the first piece
   */
  TextPieces(TextFile file, Tokenizer tokenizer, int bytes, SeekPoint from) {
    this.file = file;
    this.tokenizer = tokenizer;
    this.bytes = bytes;
    this.offset = from.offset();
    this.mark = from;
    skip(from.skipped());
  }

  private void skip(int count) {
    int left = count;
    while (left > 0 && !file.isEnd(offset)) {
      TextFile.Piece piece = file.decode(offset, bytes);
      offset = piece.end();
      int skipped = Math.min(left, piece.text().length());
      rest = piece.text().substring(skipped);
      left -= skipped;
    }
  }

  /** The place of the next piece. */
  SeekPoint mark() {
    return mark;
  }

  /** The next piece, not empty; null at the end. */
  @Nullable String next() {
    String text = rest;
    int before = -1; // the length of the text before the piece that was decoded last
    long decodedFrom = offset;
    while (true) {
      boolean end = file.isEnd(offset);
      if (before >= 0 || end) {
        int cut = end ? text.length() : tokenizer.cut(text);
        if (cut > 0 || end) {
          return cut(text, cut, Math.max(before, 0), decodedFrom);
        }
        requireShort(text);
      }
      decodedFrom = offset;
      before = text.length();
      TextFile.Piece piece = file.decode(offset, Math.max(bytes, text.length()));
      offset = piece.end();
      text = text.isEmpty() ? piece.text() : text + piece.text();
    }
  }

  private @Nullable String cut(String text, int cut, int before, long decodedFrom) {
    rest = text.substring(cut);
    if (rest.isEmpty()) {
      mark = new SeekPoint(offset, 0);
    } else if (cut >= before) {
      mark = new SeekPoint(decodedFrom, cut - before);
    } else {
      mark = new SeekPoint(mark.offset(), mark.skipped() + cut);
    }
    return cut == 0 ? null : text.substring(0, cut);
  }

  private void requireShort(String text) {
    if (text.length() > LONGEST) {
      throw new CorpusException(
          file.name(),
          String.format(
                  Locale.ROOT,
                  "from byte offset %d on the tokenizer '%s' requires more than %d characters at once;",
                  mark.offset(),
                  tokenizer.name(),
                  LONGEST)
              + " a file of this size must be read in pieces. Break its lines, or use another tokenizer.",
          null);
    }
  }
}
