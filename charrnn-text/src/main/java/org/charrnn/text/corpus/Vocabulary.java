package org.charrnn.text.corpus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.unicode.VisibleText;

/**
 * The symbols of a model, with their ids {@code 0 .. size-1} and how often each occurs in the
 * training text. Other symbols have no id, and no substitute.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Vocabulary {

  /**
   * A symbol and how often it occurs.
   *
   * @param symbol a symbol, not empty
   * @param count its number of occurrences, not negative
   */
  public record Entry(String symbol, long count) {
    /**
     * Checks the symbol and the count.
     *
     * @throws IllegalArgumentException if the symbol is empty or the count negative
     */
    public Entry {
      if (symbol.isEmpty() || count < 0) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "impossible entry of a vocabulary: '%s', count %d", symbol, count));
      }
    }
  }

  private static final Comparator<Entry> BY_CODE_POINT =
      (a, b) ->
          java.util.Arrays.compare(
              a.symbol().codePoints().toArray(), b.symbol().codePoints().toArray());

  private static final int MOST_LISTED = 20;

  private final List<Entry> entries;
  private final Map<String, Integer> ids;

  private Vocabulary(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    this.ids = HashMap.newHashMap(entries.size());
    for (int id = 0; id < entries.size(); id++) {
      if (ids.put(entries.get(id).symbol(), id) != null) {
        throw new IllegalArgumentException(
            "a vocabulary must not contain a symbol twice: " + describe(entries.get(id).symbol()));
      }
    }
  }

  /**
   * {@return the vocabulary of these symbols; the index of an entry is its id}
   *
   * @param entries the symbols with their counts
   * @throws IllegalArgumentException if a symbol occurs twice
   */
  public static Vocabulary of(List<Entry> entries) {
    return new Vocabulary(entries);
  }

  /**
   * {@return the vocabulary of these symbols, whose ids the order determines}
   *
   * @param symbols the symbols with their counts
   * @param order the order of ids
   * @throws IllegalArgumentException if a symbol occurs twice
   */
  public static Vocabulary of(List<Entry> symbols, Order order) {
    List<Entry> entries = new ArrayList<>(symbols);
    entries.sort(
        switch (order) {
          case CODE_POINT -> BY_CODE_POINT;
          case FREQUENCY ->
              Comparator.comparingLong(Entry::count).reversed().thenComparing(BY_CODE_POINT);
        });
    return new Vocabulary(entries);
  }

  /**
   * {@return this vocabulary with the additional symbols of another one after its own, in the order
   * of the other} Its own symbols keep their ids; their counts are added.
   *
   * @param other the vocabulary whose symbols are added
   */
  public Vocabulary extendedBy(Vocabulary other) {
    List<Entry> extended = new ArrayList<>();
    for (Entry entry : entries) {
      OptionalInt id = other.find(entry.symbol());
      long more = id.isPresent() ? other.entries.get(id.getAsInt()).count() : 0;
      extended.add(new Entry(entry.symbol(), entry.count() + more));
    }
    for (Entry entry : other.entries) {
      if (find(entry.symbol()).isEmpty()) {
        extended.add(entry);
      }
    }
    return new Vocabulary(extended);
  }

  /**
   * {@return descriptions of the symbols of {@code larger} that are not in this vocabulary}
   *
   * @param larger the extended vocabulary
   */
  public List<String> describeAdded(Vocabulary larger) {
    return larger.entries.stream()
        .map(Entry::symbol)
        .filter(symbol -> find(symbol).isEmpty())
        .map(Vocabulary::describe)
        .toList();
  }

  /**
   * {@return the first few descriptions, and the number of the others}
   *
   * @param described descriptions of symbols
   */
  public static String listed(List<String> described) {
    String first = described.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    int more = described.size() - MOST_LISTED;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** {@return V, the number of symbols} */
  public int size() {
    return entries.size();
  }

  /** {@return the symbols and their counts; the index of an entry is its id} */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * {@return the symbol of an id}
   *
   * @param id an id, in {@code 0 .. V-1}
   * @throws IndexOutOfBoundsException if no symbol has that id
   */
  public String symbol(int id) {
    return entries.get(id).symbol();
  }

  /**
   * {@return the id of a symbol, if it has one}
   *
   * @param symbol a symbol
   */
  public OptionalInt find(String symbol) {
    Integer id = ids.get(symbol);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * {@return the id of a symbol}
   *
   * @param symbol a symbol
   * @throws UnknownSymbolException if it has none; the message names similar symbols
   */
  public int id(String symbol) {
    Integer id = ids.get(symbol);
    if (id == null) {
      throw new UnknownSymbolException(symbol, NearestSymbols.message(this, symbol));
    }
    return id;
  }

  /**
   * {@return the text whose symbols have these ids}
   *
   * @param encoded the ids, each in {@code 0 .. V-1}
   * @param tokenizer the tokenizer, which joins symbols
   * @throws IndexOutOfBoundsException if no symbol has one of the ids
   */
  public String decode(int[] encoded, Tokenizer tokenizer) {
    List<String> symbols = new ArrayList<>(encoded.length);
    for (int id : encoded) {
      symbols.add(symbol(id));
    }
    return tokenizer.join(symbols);
  }

  /**
   * {@return a symbol as messages show it, such as {@code '选' (U+9009)}}
   *
   * @param symbol a symbol
   */
  public static String describe(String symbol) {
    StringBuilder codes = new StringBuilder();
    symbol
        .codePoints()
        .forEach(point ->
            codes
                .append(codes.isEmpty() ? "" : " ")
                .append(String.format(Locale.ROOT, "U+%04X", point)));
    return symbol.codePoints().allMatch(VisibleText::isVisible)
        ? String.format(Locale.ROOT, "'%s' (%s)", symbol, codes)
        : codes.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vocabulary that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** {@return the size} */
  @Override
  public String toString() {
    return entries.size() + " symbols";
  }

  /** The order of the ids of a vocabulary. */
  public enum Order {
    /** The symbols sorted by their code points. */
    CODE_POINT,
    /**
     * The most frequent symbol first; those that occur equally often are sorted by their code
     * points.
     */
    FREQUENCY
  }
}
