package org.charrnn.text.decoding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.generation.GeneratedText.Ending;

/**
 * Finds the stop strings, which need not begin or end at the boundary of a symbol. For a model that
 * writes backward, all strings in here are mirrored, so that they grow at their end.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class StopStrings implements Predicate<Hypothesis> {

  private final List<String> stops;
  private final int longest;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;
  private final ReadingDirection direction;

  /**
   * Stop strings that the vocabulary can spell.
   *
   * @param stops none of them is empty
   * @param direction the direction in which symbols are generated
   * @throws InvalidOptionException if no symbol contains a character of one of them, so that it can
   *     never occur
   */
  public StopStrings(
      List<String> stops, Vocabulary vocabulary, Tokenizer tokenizer, ReadingDirection direction) {
    this.direction = direction;
    this.stops = stops.stream().map(this::oriented).toList();
    this.longest = stops.stream().mapToInt(String::length).max().orElse(0);
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    stops.forEach(stop -> requireSpelled(stop, vocabulary));
  }

  /** A string as it grows; the same function turns it back. */
  private String oriented(String text) {
    if (direction == ReadingDirection.FORWARD) {
      return text;
    }
    StringBuilder mirrored = new StringBuilder(text.length());
    for (int i = text.length(); i > 0; i = text.offsetByCodePoints(i, -1)) {
      mirrored.appendCodePoint(text.codePointBefore(i));
    }
    return mirrored.toString();
  }

  private static void requireSpelled(String stop, Vocabulary vocabulary) {
    stop.codePoints()
        .filter(
            point -> vocabulary.entries().stream().noneMatch(it -> it.symbol().indexOf(point) >= 0))
        .findFirst()
        .ifPresent(point -> {
          throw new InvalidOptionException(
              "stop",
              "'" + stop + "'",
              "of characters that the model can generate; it has no "
                  + Vocabulary.describe(Character.toString(point)));
        });
  }

  /** The length of the longest one, in UTF-16 code units; 0 if there is none. */
  public int longest() {
    return longest;
  }

  /** Whether the text comes to contain a stop string with its last symbol. */
  @Override
  public boolean test(Hypothesis hypothesis) {
    return longest > 0 && begin(join(last(hypothesis, longest)), 0) >= 0;
  }

  /** The index of the first stop string in a text from an index on; -1 if there is none. */
  private int begin(String text, int from) {
    int begin = -1;
    for (String stop : stops) {
      int found = text.indexOf(stop, from);
      begin = found >= 0 && (begin < 0 || found < begin) ? found : begin;
    }
    return begin;
  }

  /** How many of the last symbols may turn out to be the beginning of a stop string. */
  public int heldBack(Hypothesis hypothesis) {
    if (longest == 0) {
      return 0;
    }
    String tail = join(last(hypothesis, longest - 1));
    int held = Math.min(tail.length(), longest - 1);
    while (held > 0 && !mayBegin(tail.substring(tail.length() - held))) {
      held--;
    }
    int symbols = 0;
    while (join(last(hypothesis, symbols)).length() < held) {
      symbols++;
    }
    return symbols;
  }

  private boolean mayBegin(String tail) {
    return stops.stream().anyMatch(stop -> stop.startsWith(tail));
  }

  /**
   * The symbols of a text that has ended, as they were generated, without the stop string. If that
   * begins within a symbol, the last one is the part before it.
   */
  public List<String> symbols(Hypothesis hypothesis) {
    List<String> symbols = new ArrayList<>(hypothesis.size());
    for (int id : hypothesis.written()) {
      symbols.add(oriented(vocabulary.symbol(id)));
    }
    if (hypothesis.ending() == Ending.STOP) {
      removeStop(symbols);
    }
    symbols.replaceAll(this::oriented);
    return symbols;
  }

  private void removeStop(List<String> symbols) {
    int firstThatMayStop = Math.max(0, symbols.size() - longest);
    String head = join(symbols.subList(0, firstThatMayStop));
    List<String> tail = new ArrayList<>(symbols.subList(firstThatMayStop, symbols.size()));
    int end = begin(join(symbols), head.length()) - head.length();
    while (join(tail).length() > end) {
      String last = tail.removeLast();
      int kept = end - join(tail).length();
      if (kept > 0) {
        tail.add(last.substring(0, kept));
      }
    }
    symbols.subList(firstThatMayStop, symbols.size()).clear();
    symbols.addAll(tail);
  }

  private List<String> last(Hypothesis hypothesis, int count) {
    Deque<String> symbols = new ArrayDeque<>();
    Hypothesis at = hypothesis;
    for (int i = Math.min(count, hypothesis.size()); i > 0; i--) {
      symbols.addFirst(oriented(vocabulary.symbol(at.last())));
      at = at.parent();
    }
    return List.copyOf(symbols);
  }

  private String join(List<String> symbols) {
    return tokenizer.join(symbols);
  }
}
