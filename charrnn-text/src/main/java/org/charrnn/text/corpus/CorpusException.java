package org.charrnn.text.corpus;

import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * A text cannot be read: the file does not exist, is empty, a directory, unreadable, or not UTF-8
 * text.
 */
public final class CorpusException extends CharRnnException {

  private static final long serialVersionUID = 1;

  /** The name of the text. */
  private final String source;

  /**
   * Creates an exception.
   *
   * @param source the source of the text
   * @param problem the problem and the remedy
   * @param cause the exception that led to this one, if there is one
   */
  public CorpusException(String source, String problem, @Nullable Throwable cause) {
    super(String.format(Locale.ROOT, "%s: %s", VisibleText.inLine(source), problem), cause);
    this.source = source;
  }

  /** {@return the source of the text} */
  public String source() {
    return source;
  }
}
