package org.charrnn.text.corpus;

/** The separator of the documents of a text. */
public enum DocumentSeparator {
  /** None that can be distinguished from the text. */
  NONE,
  /** At least one line without any character, not even a space. */
  BLANK_LINE
}
