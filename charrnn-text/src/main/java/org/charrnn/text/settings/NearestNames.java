package org.charrnn.text.settings;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggestions for a mistyped name. */
final class NearestNames {

  private NearestNames() {}

  /**
   * The names with the smallest edit distance; there may be several.
   *
   * @param typed a path such as {@code model.hidenSize}; its last name is compared, and the whole
   *     path to break ties
   * @param known the known paths, at least one
   */
  static List<String> of(String typed, List<String> known) {
    Comparator<String> nearest =
        Comparator.comparingInt((String name) -> distance(last(typed), last(name)))
            .thenComparingInt(name -> distance(typed, name));
    List<String> sorted = known.stream().sorted(nearest).toList();
    return sorted.stream()
        .takeWhile(name -> nearest.compare(name, sorted.getFirst()) == 0)
        .toList();
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /**
   * The minimum number of letters to insert, delete or replace. Source: Levenshtein, "Binary codes
   * capable of correcting deletions, insertions, and reversals", Soviet Physics Doklady 10, 1966.
   */
  private static int distance(String one, String other) {
    String from = one.toLowerCase(Locale.ROOT);
    String to = other.toLowerCase(Locale.ROOT);
    int[] row =
        new int
            [to.length() + 1]; // distances of the prefix of 'from' read so far to prefixes of 'to'
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
