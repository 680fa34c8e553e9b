package org.charrnn.text.corpus;

import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;

/** A text cannot be had: there is no such file, it is empty, a directory, unreadable. */
public final class CorpusException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String source;

  /**
   * A text that cannot be had.
   *
   * @param source the file, or what else the text comes from
   * @param problem what is wrong with it, and the remedy
   */
  public CorpusException(String source, String problem, @Nullable Throwable cause) {
    super("%s: %s".formatted(source, problem), cause);
    this.source = source;
  }

  /** The file, or what else the text comes from. */
  public String source() {
    return source;
  }
}
