package org.charrnn.text.decoding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.generation.GeneratedText.Ending;

/**
 * Finds the stop string, which need not begin or end at the boundary of a symbol.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class StopString implements Predicate<Hypothesis> {

  private final String stop;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;

  /**
   * A stop string that the vocabulary can spell.
   *
   * @param stop empty for none
   * @throws InvalidOptionException if no symbol contains one of its characters, so that it can
   *     never occur
   */
  StopString(String stop, Vocabulary vocabulary, Tokenizer tokenizer) {
    this.stop = stop;
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
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

  /** Whether the text comes to contain the stop string with its last symbol. */
  @Override
  public boolean test(Hypothesis hypothesis) {
    return !stop.isEmpty() && join(last(hypothesis, stop.length())).contains(stop);
  }

  /** How many of the last symbols may turn out to be the beginning of the stop string. */
  int heldBack(Hypothesis hypothesis) {
    if (stop.isEmpty()) {
      return 0;
    }
    String tail = join(last(hypothesis, stop.length() - 1));
    int held = Math.min(tail.length(), stop.length() - 1);
    while (held > 0 && !stop.startsWith(tail.substring(tail.length() - held))) {
      held--;
    }
    int symbols = 0;
    while (join(last(hypothesis, symbols)).length() < held) {
      symbols++;
    }
    return symbols;
  }

  /**
   * The symbols of a text that has ended, without the stop string. If that begins within a symbol,
   * the last one is the part before it.
   */
  List<String> symbols(Hypothesis hypothesis) {
    List<String> symbols = new ArrayList<>(hypothesis.size());
    for (int id : hypothesis.written()) {
      symbols.add(vocabulary.symbol(id));
    }
    if (hypothesis.ending() != Ending.STOP) {
      return symbols;
    }
    int firstThatMayStop = Math.max(0, hypothesis.size() - stop.length());
    String head = join(symbols.subList(0, firstThatMayStop));
    List<String> tail = new ArrayList<>(symbols.subList(firstThatMayStop, symbols.size()));
    int end = join(symbols).indexOf(stop, head.length()) - head.length();
    while (join(tail).length() > end) {
      String last = tail.removeLast();
      int kept = end - join(tail).length();
      if (kept > 0) {
        tail.add(last.substring(0, kept));
      }
    }
    symbols.subList(firstThatMayStop, symbols.size()).clear();
    symbols.addAll(tail);
    return symbols;
  }

  private List<String> last(Hypothesis hypothesis, int count) {
    Deque<String> symbols = new ArrayDeque<>();
    Hypothesis at = hypothesis;
    for (int i = Math.min(count, hypothesis.size()); i > 0; i--) {
      symbols.addFirst(vocabulary.symbol(at.last()));
      at = at.parent();
    }
    return List.copyOf(symbols);
  }

  private String join(List<String> symbols) {
    return tokenizer.join(symbols);
  }
}
