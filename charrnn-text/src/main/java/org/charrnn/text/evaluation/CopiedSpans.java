package org.charrnn.text.evaluation;

import java.util.List;

/**
 * How long the spans of samples are that occur in another text.
 *
 * <p>The other text is read through an automaton of all samples, in sequence with a separator
 * between them that occurs nowhere else; each state remembers the longest of its substrings that
 * was met. That costs a few look-ups for each character of the text and memory for the samples
 * alone. Source of the walk: Chang, Lawler, "Sublinear approximate string matching and biological
 * applications", Algorithmica 12, 1994 (matching statistics).
 *
 * <p><b>Thread safety.</b> None.
 */
final class CopiedSpans {

  private final SuffixAutomaton automaton = new SuffixAutomaton();
  private int[] met = {}; // by state: the length of its longest substring that was met, 0 for none
  private int state = SuffixAutomaton.ROOT;
  private int matched;

  CopiedSpans(List<int[]> samples) {
    int separator = -1;
    for (int[] sample : samples) {
      for (int character : sample) {
        automaton.append(character);
      }
      automaton.append(separator--);
    }
    met = new int[automaton.states()];
  }

  /** Reads the next character of the other text. */
  void read(int character) {
    int next = automaton.follow(state, character);
    while (next == SuffixAutomaton.NONE && state != SuffixAutomaton.ROOT) {
      state = automaton.link(state);
      matched = automaton.length(state);
      next = automaton.follow(state, character);
    }
    if (next != SuffixAutomaton.NONE) {
      state = next;
      matched++;
      met[state] = Math.max(met[state], matched);
    }
  }

  /**
   * Makes of what each state met the longest suffix of its substrings that was met, its own or a
   * shorter one.
   */
  void finish() {
    int[] sorted = automaton.byLength();
    for (int i = sorted.length - 1; i > 0; i--) {
      int link = automaton.link(sorted[i]);
      if (met[sorted[i]] > 0) {
        met[link] = automaton.length(link);
      }
    }
    for (int i = 1; i < sorted.length; i++) {
      if (met[sorted[i]] == 0) {
        met[sorted[i]] = met[automaton.link(sorted[i])];
      }
    }
  }

  /**
   * For each character of one of the samples, the length of the longest span that ends there and
   * was met.
   */
  int[] spans(int[] sample) {
    int[] spans = new int[sample.length];
    int at = SuffixAutomaton.ROOT;
    for (int i = 0; i < sample.length; i++) {
      at = automaton.follow(at, sample[i]);
      spans[i] = met[at];
    }
    return spans;
  }
}
