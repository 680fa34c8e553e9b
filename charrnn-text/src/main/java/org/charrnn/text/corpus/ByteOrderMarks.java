package org.charrnn.text.corpus;

/** How the byte order marks (U+FEFF) of a file are read. */
enum ByteOrderMarks {
  /** They are dropped; files that were joined have some in the middle, too. */
  DROP,
  /** The one at the beginning is dropped, others are symbols. */
  KEEP_INNER;

  /**
   * A text, or a part of one, read in this way.
   *
   * @param isBeginning whether it is the beginning of a text
   */
  String apply(String text, boolean isBeginning) {
    return switch (this) {
      case DROP -> text.replace(Corpus.BYTE_ORDER_MARK, "");
      case KEEP_INNER ->
          isBeginning && text.startsWith(Corpus.BYTE_ORDER_MARK)
              ? text.substring(Corpus.BYTE_ORDER_MARK.length())
              : text;
    };
  }
}
