package org.charrnn.text.corpus;

import org.charrnn.api.CharRnnException;

/** A file is not UTF-8. */
public final class MalformedTextException extends CharRnnException {

  private static final long serialVersionUID = 1;

  private final String source;
  private final long offset;

  /**
   * Bytes that are not UTF-8.
   *
   * @param source the file
   * @param offset where the first of them stands, counted from 0
   * @param problem what stands there, and how to convert the file
   */
  public MalformedTextException(String source, long offset, String problem) {
    super("%s: %s".formatted(source, problem));
    this.source = source;
    this.offset = offset;
  }

  /** The file. */
  public String source() {
    return source;
  }

  /** Where the first of the bytes stands, counted from 0. */
  public long offset() {
    return offset;
  }
}
