package org.charrnn.text.corpus;

import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.unicode.VisibleText;

/** A file is not UTF-8 text. */
public final class MalformedTextException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The name of the text. */
  private final String source;

  /** The position of the first wrong byte. */
  private final long offset;

  /**
   * Creates an exception.
   *
   * @param source the file
   * @param offset the offset of the first malformed byte
   * @param problem the problem, and how to convert the file
   */
  public MalformedTextException(String source, long offset, String problem) {
    super(String.format(Locale.ROOT, "%s: %s", VisibleText.inLine(source), problem));
    this.source = source;
    this.offset = offset;
  }

  /** {@return the file} */
  public String source() {
    return source;
  }

  /** {@return the offset of the first malformed byte} */
  public long offset() {
    return offset;
  }
}
