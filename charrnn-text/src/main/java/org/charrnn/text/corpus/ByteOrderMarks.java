package org.charrnn.text.corpus;

/** How the byte order marks (U+FEFF) of a file are read. */
public enum ByteOrderMarks {
  /** They are dropped; files that were joined have some in the middle, too. */
  DROP,
  /** The one at the beginning is dropped, others are symbols. */
  KEEP_INNER;

  /** The mark. */
  public static final String MARK = "\uFEFF";

  /**
   * A text, or a part of one, read in this way.
   *
   * @param isBeginning whether it is the beginning of a text
   */
  String apply(String text, boolean isBeginning) {
    return switch (this) {
      case DROP -> text.replace(MARK, "");
      case KEEP_INNER ->
          isBeginning && text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    };
  }
}
