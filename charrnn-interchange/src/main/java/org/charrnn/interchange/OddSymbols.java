package org.charrnn.interchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.charrnn.interchange.failure.InterchangeException;

/**
 * Finds symbols that a model of single characters cannot have: empty ones, ones of several
 * characters, and ones that occur twice. Published vocabularies have them where someone edited the
 * file.
 */
final class OddSymbols {

  private OddSymbols() {}

  static void refuse(Path file, List<String> symbols) {
    List<String> odd = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int id = 0; id < symbols.size(); id++) {
      String symbol = symbols.get(id);
      int points = symbol.codePointCount(0, symbol.length());
      boolean isHalf =
          points == 1 && Character.isSurrogate(symbol.charAt(0)) && symbol.length() == 1;
      if (points != 1 || isHalf || !seen.add(symbol)) {
        odd.add(String.format(Locale.ROOT, "id %d is '%s'", id, symbol));
      }
    }
    if (!odd.isEmpty()) {
      throw new InterchangeException(
          file,
          String.format(
              Locale.ROOT,
              "has symbols that are not one character each, or not once: %s. Write a JSON array of"
                  + " all %d symbols in the order of their ids, and give it with --vocabulary"
                  + " FILE.",
              String.join(", ", odd),
              symbols.size()));
    }
  }
}
