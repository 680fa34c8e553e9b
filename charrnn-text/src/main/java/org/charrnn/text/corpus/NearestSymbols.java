package org.charrnn.text.corpus;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.charrnn.text.unicode.VisibleText;

/**
 * The message for a symbol that is not in a vocabulary: it suggests other forms of the symbol, and
 * frequent symbols.
 */
final class NearestSymbols {

  private static final int FREQUENT_SHOWN = 8;
  private static final int FULL_WIDTH_SHIFT = 0xFF00 - 0x20;

  private NearestSymbols() {}

  static String message(Vocabulary vocabulary, String symbol) {
    List<String> forms =
        otherForms(symbol).stream().filter(form -> vocabulary.find(form).isPresent()).toList();
    return String.format(
        Locale.ROOT,
        "%s is not in the vocabulary: it does not occur in the training text.%s %s",
        Vocabulary.describe(symbol),
        forms.isEmpty() ? "" : " Similar symbols that do: " + describe(forms) + ".",
        String.format(
            Locale.ROOT,
            "Use symbols that occur there, for example %s; or train on a text that contains it.",
            describe(frequent(vocabulary))));
  }

  /** The same character in another normal form, width or case, or without its accent. */
  private static Set<String> otherForms(String symbol) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(Normalizer.normalize(symbol, Normalizer.Form.NFC));
    forms.add(Normalizer.normalize(symbol, Normalizer.Form.NFKC));
    forms.add(fullWidth(symbol));
    forms.add(symbol.toLowerCase(Locale.ROOT));
    forms.add(symbol.toUpperCase(Locale.ROOT));
    String decomposed = Normalizer.normalize(symbol, Normalizer.Form.NFD);
    forms.add(decomposed.substring(0, decomposed.offsetByCodePoints(0, 1)));
    return forms;
  }

  private static String fullWidth(String symbol) {
    return symbol
        .codePoints()
        .map(point -> point > 0x20 && point < 0x7F ? point + FULL_WIDTH_SHIFT : point)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** Visible symbols, the most frequent first. */
  private static List<String> frequent(Vocabulary vocabulary) {
    return vocabulary.entries().stream()
        .filter(entry -> entry.symbol().codePoints().allMatch(VisibleText::isVisible))
        .sorted(Comparator.comparingLong(Vocabulary.Entry::count).reversed())
        .limit(FREQUENT_SHOWN)
        .map(Vocabulary.Entry::symbol)
        .toList();
  }

  private static String describe(List<String> symbols) {
    return symbols.stream().map(symbol -> "'" + symbol + "'").collect(Collectors.joining(" "));
  }
}
