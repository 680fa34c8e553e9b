package org.charrnn.text.encoding;

import java.io.Serializable;
import java.util.List;

/**
 * The length of a text in a file, and places from which the file can be read, so that another
 * process can read any part of the text without reading the rest.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param length the number of symbols
 * @param places the places in ascending order; the first one is the beginning
 */
public record TextIndex(long length, List<Place> places) implements Serializable {

  /** Copies the list. */
  public TextIndex {
    places = List.copyOf(places);
  }

  /**
   * A place.
   *
   * @param position the number of symbols before it
   * @param offset the offset of a byte
   * @param skipped how many UTF-16 units after that byte it is
   */
  public record Place(long position, long offset, int skipped) implements Serializable {}
}
