package org.charrnn.text.generation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.charrnn.text.config.InvalidOptionException;

/** What becomes of symbols to begin with that the vocabulary lacks. */
public enum UnknownSymbols {
  /** They are told, and nothing is written. */
  ERROR,
  /** They are left out. */
  SKIP,
  /**
   * The first of these forms whose symbols the vocabulary has takes their place: the compatibility
   * form NFKC of Unicode, lower and upper case of both, full width of all these. If it has none of
   * them they are told, and nothing is written. Simplified and traditional characters are no forms
   * of one another.
   */
  SIMILAR;

  /**
   * The value of that name, whatever its case.
   *
   * @throws InvalidOptionException if there is none; the message lists all
   */
  public static UnknownSymbols named(String name) {
    return Arrays.stream(values())
        .filter(value -> value.label().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> {
          String all =
              Arrays.stream(values()).map(UnknownSymbols::label).collect(Collectors.joining(", "));
          return new InvalidOptionException("unknown", name, "one of " + all);
        });
  }

  /** Its name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
