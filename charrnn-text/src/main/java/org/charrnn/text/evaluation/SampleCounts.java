package org.charrnn.text.evaluation;

/**
 * What is counted in one sample.
 *
 * @param characters its length
 * @param distinct1 how many different characters it has
 * @param distinct2 how many different pairs of neighbours
 * @param distinct4 how many different 4-grams
 * @param longestRepeat the length of the longest span that occurs twice
 * @param longestCopy the length of the longest span that occurs in the training text
 * @param copied8 how many of its 8-grams occur in the training text
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
   * Counts.
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

  /** How many n-grams there are, equal ones counted each time. */
  int grams(int n) {
    return Math.max(0, characters - n + 1);
  }
}
