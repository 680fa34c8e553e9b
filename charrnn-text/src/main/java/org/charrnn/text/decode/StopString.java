package org.charrnn.text.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.charrnn.api.Tokenizer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.generation.GeneratedText.Ending;

/**
 * Finds the end of a draft, which need not begin or end where a symbol does.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class StopString implements Predicate<Hypothesis> {

  private final String stop;
  private final Vocabulary vocabulary;
  private final Tokenizer tokenizer;

  /**
   * An end that the vocabulary can spell.
   *
   * @param stop empty for none
   * @throws InvalidOptionException if it has a character that no symbol has, so that it never comes
   */
  public StopString(String stop, Vocabulary vocabulary, Tokenizer tokenizer) {
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
              "of characters that the model can write, and it has no '%s' (U+%04X)"
                  .formatted(Character.toString(point), point));
        });
  }

  /** Whether the draft comes to contain the stop string with its last symbol. */
  @Override
  public boolean test(Hypothesis draft) {
    return !stop.isEmpty() && join(last(draft, stop.length())).contains(stop);
  }

  /** How many of the last symbols may turn out to be the beginning of the stop string. */
  public int heldBack(Hypothesis draft) {
    String tail = join(last(draft, stop.length() - 1));
    int held = Math.min(tail.length(), stop.length() - 1);
    while (held > 0 && !stop.startsWith(tail.substring(tail.length() - held))) {
      held--;
    }
    int symbols = 0;
    while (join(last(draft, symbols)).length() < held) {
      symbols++;
    }
    return symbols;
  }

  /**
   * The symbols of a draft that has ended, without the stop string. If that begins within a symbol,
   * the last one is what stands before it.
   */
  public List<String> symbols(Hypothesis draft) {
    List<String> symbols = last(draft, draft.size());
    if (draft.ending() != Ending.STOP) {
      return symbols;
    }
    int firstThatMayStop = Math.max(0, draft.size() - stop.length());
    int from = join(symbols.subList(0, firstThatMayStop)).length();
    int end = join(symbols).indexOf(stop, from);
    while (join(symbols).length() > end) {
      String last = symbols.removeLast();
      int kept = end - join(symbols).length();
      if (kept > 0) {
        symbols.add(last.substring(0, kept));
      }
    }
    return symbols;
  }

  private List<String> last(Hypothesis draft, int count) {
    List<String> symbols = new ArrayList<>();
    for (int i = Math.max(0, draft.size() - count); i < draft.size(); i++) {
      symbols.add(vocabulary.symbol(draft.written(i)));
    }
    return symbols;
  }

  private String join(List<String> symbols) {
    return tokenizer.join(symbols);
  }
}
