package org.charrnn.text.corpus;

/** What stands between the documents of a text. */
public enum DocumentSeparator {
  /** Nothing that could be told from the rest. */
  NONE,
  /** At least one line without any character, not even a space. */
  BLANK_LINE
}
