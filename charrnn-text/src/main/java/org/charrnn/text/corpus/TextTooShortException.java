package org.charrnn.text.corpus;

import org.charrnn.api.CharRnnException;

/** A text has fewer symbols than are needed. */
public final class TextTooShortException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final long length;
  private final long needed;

  /**
   * A text that is too short.
   *
   * @param source the file, or what else the text comes from
   * @param length its length in symbols
   * @param needed the least length that will do
   * @param purpose what it is too short for, and the remedy
   */
  public TextTooShortException(String source, long length, long needed, String purpose) {
    super(
        "%s has %d symbols, at least %d are needed %s".formatted(source, length, needed, purpose));
    this.length = length;
    this.needed = needed;
  }

  /** Its length in symbols. */
  public long length() {
    return length;
  }

  /** The least length that will do. */
  public long needed() {
    return needed;
  }
}
