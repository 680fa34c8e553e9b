package org.charrnn.examples.essay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.charrnn.text.evaluation.TextMeasures;

/**
 * Statistics of a corpus of essays: its size, and how much its essays repeat one another. Each
 * essay starts with {@code ^}.
 *
 * @param essays the number of essays
 * @param characters the number of code points, including marks and line ends
 * @param vocabulary the number of distinct code points
 * @param distinct2 as in {@link TextMeasures}, over the corpus in pieces of {@value #PIECE}
 *     characters
 * @param shared all sequences of {@value #SHARED_LENGTH} letters that occur in several essays, the
 *     most frequent first
 * @param mostShared the sequences of {@value #SHORT_LENGTH} letters that occur in most essays, up
 *     to {@value #SHOWN}
 */
public record CorpusFigures(
    int essays,
    int characters,
    int vocabulary,
    double distinct2,
    List<Span> shared,
    List<Span> mostShared) {

  private static final int PIECE = 100;
  private static final int SHARED_LENGTH = 12;
  private static final int SHORT_LENGTH = 6;
  private static final int SHOWN = 8;

  /**
   * A sequence of letters, ignoring white space and punctuation between them.
   *
   * @param letters the letters
   * @param essays the number of essays that contain it
   */
  public record Span(String letters, int essays) {
    @Override
    public String toString() {
      return letters + " (" + essays + ")";
    }
  }

  /** The statistics of a corpus. */
  public static CorpusFigures of(String corpus) {
    List<String> essays = essays(corpus);
    List<Span> sharedShort = shared(essays, SHORT_LENGTH);
    return new CorpusFigures(
        essays.size(),
        corpus.codePointCount(0, corpus.length()),
        (int) corpus.codePoints().distinct().count(),
        TextMeasures.of(pieces(corpus)).distinct2(),
        shared(essays, SHARED_LENGTH),
        List.copyOf(sharedShort.subList(0, Math.min(SHOWN, sharedShort.size()))));
  }

  /**
   * The essays of a corpus, each with its {@code ^}. Text before the first one belongs to no essay.
   */
  static List<String> essays(String corpus) {
    List<String> essays = new ArrayList<>();
    int start = corpus.indexOf('^');
    while (start >= 0) {
      int next = corpus.indexOf('^', start + 1);
      essays.add(corpus.substring(start, next < 0 ? corpus.length() : next));
      start = next;
    }
    return essays;
  }

  private static List<String> pieces(String corpus) {
    int[] characters = corpus.codePoints().toArray();
    List<String> pieces = new ArrayList<>();
    int start = 0;
    do {
      int end = Math.min(characters.length, start + PIECE);
      pieces.add(new String(characters, start, end - start));
      start = end;
    } while (start < characters.length);
    return pieces;
  }

  private static List<Span> shared(List<String> essays, int length) {
    Map<String, Integer> counts = new HashMap<>();
    for (String essay : essays) {
      spans(essay, length).forEach(span -> counts.merge(span, 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() > 1)
        .map(entry -> new Span(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Span::essays).reversed().thenComparing(Span::letters))
        .toList();
  }

  private static Set<String> spans(String essay, int length) {
    int[] letters = essay.codePoints().filter(Character::isLetterOrDigit).toArray();
    Set<String> spans = new HashSet<>();
    for (int end = length; end <= letters.length; end++) {
      spans.add(new String(letters, end - length, length));
    }
    return spans;
  }

  /** The statistics as a table. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        essays               %d
        characters           %,d
        vocabulary           %,d
        distinct-2           %.3f in pieces of %d characters
        shared sequences     %d of %d letters: %s
        most shared          %s
        """,
        essays,
        characters,
        vocabulary,
        distinct2,
        PIECE,
        shared.size(),
        SHARED_LENGTH,
        shared,
        mostShared);
  }
}
