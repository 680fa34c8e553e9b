package org.charrnn.text.encoding;

/**
 * A place in a file from which a text can be read.
 *
 * @param offset the offset of a character
 * @param skipped the number of UTF-16 units from there to the place, after line endings are folded
 */
record SeekPoint(long offset, int skipped) {
  static final SeekPoint BEGINNING = new SeekPoint(0, 0);
}
