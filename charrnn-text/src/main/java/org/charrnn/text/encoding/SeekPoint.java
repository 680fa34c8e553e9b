package org.charrnn.text.encoding;

/**
 * A place in a file at which the reading of a text can begin.
 *
 * @param offset of a byte with which a character begins
 * @param skipped the number of UTF-16 units that stand from there to the place, after line ends are
 *     folded
 */
record SeekPoint(long offset, int skipped) {
  static final SeekPoint BEGINNING = new SeekPoint(0, 0);
}
