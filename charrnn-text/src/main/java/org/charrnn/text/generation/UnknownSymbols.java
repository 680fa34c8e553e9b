package org.charrnn.text.generation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.charrnn.text.config.InvalidOptionException;

/** How to handle symbols of a prompt that are not in the vocabulary. */
public enum UnknownSymbols {
  /** They are reported, and nothing is generated. */
  ERROR,
  /** They are omitted. */
  SKIP,
  /**
   * Each is replaced by the first of these forms that the vocabulary can spell: the Unicode
   * compatibility form NFKC, lower and upper case of both, full width of all these. If there is
   * none, it is reported, and nothing is generated. Simplified and traditional characters are not
   * forms of one another.
   */
  SIMILAR;

  /**
   * {@return the value of that name, ignoring case}
   *
   * @param name the name of a method
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

  /** {@return its name in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
