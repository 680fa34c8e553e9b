package org.charrnn.text.evaluation;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * How much text repeats itself and, if a training text was given, how much of it is copied from
 * that text.
 *
 * <p>A character is a Unicode code point; spaces, punctuation and ends of lines count; a lone
 * surrogate counts as one. An n-gram is a sequence of n characters within one sample. Over several
 * samples, n-grams are compared within each sample, and shares are means weighted by the number of
 * n-grams.
 *
 * <p>Shares depend on the length: the longer a sample, the more it must repeat. Compare only
 * samples of equal length. School essays by people, cut to 100 characters, have a {@code distinct2}
 * of 0.92 and a {@code repeated4} of 0.014.
 *
 * <p>Source of distinct-n: Li et al., "A Diversity-Promoting Objective Function for Neural
 * Conversation Models", NAACL 2016.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param samples the number of samples, at least 1
 * @param characters of all samples together
 * @param distinct1 different characters of a sample by all its characters, in (0, 1]; 1 if there
 *     are none
 * @param distinct2 different 2-grams by all 2-grams, in (0, 1]; 1 if there are none
 * @param distinct4 different 4-grams by all 4-grams, in (0, 1]; 1 if there are none
 * @param longestRepeat the length of the longest span that occurs twice in the same sample, the
 *     second time perhaps overlapping the first; 0 if all characters differ
 * @param novelty the comparison with the training text, if one was given
 */
public record TextMeasures(
    int samples,
    long characters,
    double distinct1,
    double distinct2,
    double distinct4,
    int longestRepeat,
    Optional<Novelty> novelty) {

  /**
   * How much of the samples is copied.
   *
   * @param longestCopies for each sample the length of its longest span that occurs in the training
   *     text, in ascending order; at least one
   * @param copied8 the share of the 8-grams that occur in the training text, equal ones counted
   *     each time, in [0, 1]; 0 if there are none
   */
  public record Novelty(List<Integer> longestCopies, double copied8) {
    /**
     * Copies and sorts the list.
     *
     * @throws IllegalArgumentException if the list is empty
     */
    public Novelty {
      if (longestCopies.isEmpty()) {
        throw new IllegalArgumentException("there must be at least one sample to compare");
      }
      longestCopies = longestCopies.stream().sorted().toList();
    }

    /** {@return the length of the longest span of any sample that occurs in the training text} */
    public int longestCopy() {
      return longestCopies.getLast();
    }

    /**
     * {@return the minimum length that the longest copied spans of at least 95 in 100 samples do
     * not exceed; for fewer than 20 samples, of all of them}
     */
    public int longestCopyOf95Percent() {
      return longestCopyOf(95);
    }

    /**
     * {@return the minimum length that the longest copied spans of at least {@code percent} in 100
     * samples do not exceed}
     *
     * @param percent a number from 1 to 100
     * @throws IllegalArgumentException if the percentage is not in [1, 100]
     */
    public int longestCopyOf(int percent) {
      if (percent < 1 || percent > 100) {
        throw new IllegalArgumentException("percent must be in [1, 100]: " + percent);
      }
      return longestCopies.get((int) Math.ceilDiv((long) longestCopies.size() * percent, 100) - 1);
    }

    /**
     * {@return the share of the samples whose longest copied span has at most this length, in [0,
     * 1]}
     *
     * @param length a number of characters
     */
    public double shareWithin(int length) {
      return longestCopies.stream().filter(copy -> copy <= length).count()
          / (double) longestCopies.size();
    }
  }

  /**
   * {@return the share of the 4-grams that occurred before in the same sample, {@code 1 -
   * distinct4}, in [0, 1)}
   */
  public double repeated4() {
    return 1 - distinct4;
  }

  /**
   * Measures one text; {@link #novelty()} is empty.
   *
   * @param sample the text to measure
   * @return the measures
   */
  public static TextMeasures of(String sample) {
    return of(List.of(sample));
  }

  /**
   * Measures several samples together; {@link #novelty()} is empty.
   *
   * @param samples the texts to measure
   * @return the measures
   * @throws IllegalArgumentException if there is no sample
   */
  public static TextMeasures of(List<String> samples) {
    return together(count(samples, Optional.empty()), false);
  }

  /**
   * Measures several samples together and compares them with a training text.
   *
   * @param training the code points of the training text, such as {@code text.codePoints()}; read
   *     once, in order, and not kept
   * @param samples the texts to measure
   * @return the measures
   * @throws IllegalArgumentException if there is no sample
   */
  public static TextMeasures of(List<String> samples, IntStream training) {
    return together(count(samples, Optional.of(training)), true);
  }

  /**
   * Measures each sample separately; the training text is read once.
   *
   * @param training as in {@link #of(List, IntStream)}
   * @param samples the texts to measure
   * @return one for each sample, in their order
   * @throws IllegalArgumentException if there is no sample
   */
  public static List<TextMeasures> each(List<String> samples, IntStream training) {
    return count(samples, Optional.of(training)).stream()
        .map(counts -> together(List.of(counts), true))
        .toList();
  }

  private static List<SampleCounts> count(List<String> samples, Optional<IntStream> training) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one sample to measure");
    }
    List<int[]> texts = samples.stream().map(sample -> sample.codePoints().toArray()).toList();
    if (training.isEmpty()) {
      return texts.stream().map(text -> SampleCounts.of(text, new int[text.length])).toList();
    }
    CopiedSpans copied = new CopiedSpans(texts);
    training.get().sequential().forEachOrdered(copied::read);
    copied.finish();
    return texts.stream().map(text -> SampleCounts.of(text, copied.spans(text))).toList();
  }

  private static TextMeasures together(List<SampleCounts> samples, boolean compared) {
    return new TextMeasures(
        samples.size(),
        samples.stream().mapToLong(SampleCounts::characters).sum(),
        share(samples, SampleCounts::distinct1, 1, 1),
        share(samples, SampleCounts::distinct2, 2, 1),
        share(samples, SampleCounts::distinct4, 4, 1),
        samples.stream().mapToInt(SampleCounts::longestRepeat).max().orElse(0),
        compared ? Optional.of(novelty(samples)) : Optional.empty());
  }

  private static Novelty novelty(List<SampleCounts> samples) {
    return new Novelty(
        samples.stream().map(SampleCounts::longestCopy).toList(),
        share(samples, SampleCounts::copied8, 8, 0));
  }

  /** The share of n-grams that are counted, or {@code none} if there are no n-grams. */
  private static double share(
      List<SampleCounts> samples, ToIntFunction<SampleCounts> counted, int n, double none) {
    long grams = samples.stream().mapToLong(sample -> sample.grams(n)).sum();
    return grams == 0
        ? none
        : samples.stream().mapToLong(counted::applyAsInt).sum() / (double) grams;
  }
}
