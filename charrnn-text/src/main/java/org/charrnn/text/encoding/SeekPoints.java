package org.charrnn.text.encoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Places in a file whose positions in the text are known, about {@value #SPACING} symbols apart, so
 * that any position is found without reading the whole text before it. They take a ten-thousandth
 * of the memory of the text.
 */
final class SeekPoints {

  private static final int SPACING = 1 << 18;

  private record Known(long position, SeekPoint mark) {}

  private final List<Known> known = new ArrayList<>();

  /** The places of an index. */
  static SeekPoints of(TextIndex index) {
    SeekPoints points = new SeekPoints();
    for (TextIndex.Place place : index.places()) {
      points.known.add(new Known(place.position(), new SeekPoint(place.offset(), place.skipped())));
    }
    return points;
  }

  /** An index with these places, for a text of this length. */
  TextIndex index(long length) {
    return new TextIndex(
        length,
        known.stream()
            .map(it -> new TextIndex.Place(it.position(), it.mark().offset(), it.mark().skipped()))
            .toList());
  }

  /** Adds a place, unless it is near the last one. Places are added in order. */
  void offer(long position, SeekPoint mark) {
    if (known.isEmpty() || position - known.getLast().position() >= SPACING) {
      known.add(new Known(position, mark));
    }
  }

  /** The position of the last place that is not after {@code position}. */
  long positionBefore(long position) {
    return before(position).position();
  }

  /** The last place that is not after {@code position}. */
  SeekPoint markBefore(long position) {
    return before(position).mark();
  }

  private Known before(long position) {
    int low = 0;
    int high = known.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (known.get(middle).position() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return known.get(low);
  }
}
