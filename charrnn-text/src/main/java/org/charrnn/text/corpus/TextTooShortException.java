package org.charrnn.text.corpus;

import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.unicode.VisibleText;

/** A text has fewer symbols than required. */
public final class TextTooShortException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The number of symbols of the text. */
  private final long length;

  /** The minimum number of symbols. */
  private final long needed;

  /**
   * Creates an exception.
   *
   * @param source the source of the text
   * @param length its length in symbols
   * @param needed the minimum length
   * @param purpose the purpose for which it is too short, and the remedy
   */
  public TextTooShortException(String source, long length, long needed, String purpose) {
    super(
        String.format(
            Locale.ROOT,
            "%s has %d symbols, at least %d are required %s",
            VisibleText.inLine(source),
            length,
            needed,
            purpose));
    this.length = length;
    this.needed = needed;
  }

  /** {@return its length in symbols} */
  public long length() {
    return length;
  }

  /** {@return the minimum length} */
  public long needed() {
    return needed;
  }
}
