package org.charrnn.accel.tornado.runtime;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The regions of an array that are in use, and those between them that were freed.
 *
 * <p><b>Thread safety.</b> None.
 */
final class Regions {

  private final NavigableMap<Long, Long> free = new TreeMap<>(); // start to length
  private long end; // no region in use ends later
  private long everUsed; // no region ended later

  /**
   * Regions of an array.
   *
   * @param reserved the number of elements at the beginning that are never free
   */
  Regions(long reserved) {
    end = reserved;
    everUsed = reserved;
  }

  /** The number of elements that are needed for all regions. */
  long end() {
    return end;
  }

  /** The number of elements that would be needed after another region of that length. */
  long endWith(long length) {
    return free.values().stream().anyMatch(gap -> gap >= length) ? end : end + length;
  }

  /** Whether elements from {@code start} on were in a region that was freed. */
  boolean wasUsed(long start) {
    return start < everUsed;
  }

  /** Reserves the first free region of that length; returns where it starts. */
  long take(long length) {
    Optional<Map.Entry<Long, Long>> gap =
        free.entrySet().stream().filter(it -> it.getValue() >= length).findFirst();
    if (gap.isPresent()) {
      long start = gap.get().getKey();
      long gapLength = gap.get().getValue(); // before the map changes, and with it the entry
      free.remove(start);
      if (gapLength > length) {
        free.put(start + length, gapLength - length);
      }
      return start;
    }
    long start = end;
    end += length;
    return start;
  }

  /** Frees a region. */
  void give(long start, long length) {
    everUsed = Math.max(everUsed, end);
    long from = start;
    long to = start + length;
    Map.Entry<Long, Long> before = free.lowerEntry(from);
    if (before != null && before.getKey() + before.getValue() == from) {
      from = before.getKey();
    }
    Long after = free.remove(to);
    if (after != null) {
      to += after;
    }
    free.remove(from);
    if (to == end) {
      end = from;
    } else {
      free.put(from, to - from);
    }
  }
}
