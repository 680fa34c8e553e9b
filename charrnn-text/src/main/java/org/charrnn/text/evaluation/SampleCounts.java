package org.charrnn.text.evaluation;

/**
 * The counts of one sample.
 *
 * @param characters its length
 * @param distinct1 the number of different characters
 * @param distinct2 the number of different pairs of neighbors
 * @param distinct4 the number of different 4-grams
 * @param longestRepeat the length of the longest span that occurs twice
 * @param longestCopy the length of the longest span that occurs in the training text
 * @param copied8 the number of its 8-grams that occur in the training text
 */
record SampleCounts(
    int characters,
    int distinct1,
    int distinct2,
    int distinct4,
    int longestRepeat,
    int longestCopy,
    int copied8) {

  /**
   * Counts a sample.
   *
   * @param sample code points
   * @param copied for each of them the length of the longest copied span that ends there
   */
  static SampleCounts of(int[] sample, int[] copied) {
    SuffixAutomaton automaton = new SuffixAutomaton();
    for (int character : sample) {
      automaton.append(character);
    }
    int longestCopy = 0;
    int copied8 = 0;
    for (int span : copied) {
      longestCopy = Math.max(longestCopy, span);
      copied8 += span >= 8 ? 1 : 0;
    }
    return new SampleCounts(
        sample.length,
        automaton.distinct(1),
        automaton.distinct(2),
        automaton.distinct(4),
        automaton.longestRepeat(),
        longestCopy,
        copied8);
  }

  /** The number of n-grams, equal ones counted each time. */
  int grams(int n) {
    return Math.max(0, characters - n + 1);
  }
}
