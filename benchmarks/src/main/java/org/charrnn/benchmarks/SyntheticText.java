package org.charrnn.benchmarks;

import java.util.Arrays;

/**
 * A text of ids that is the same on every machine. Half of the characters depend on the previous
 * one, with about twenty possible successors; the others follow Zipf's law. The generator is
 * Knuth's 64-bit linear congruential generator (MMIX), so that peers in other languages can
 * generate the same text.
 */
final class SyntheticText {

  /** The number of ids. */
  static final int LENGTH = 500_000;

  private static final int SUCCESSORS = 20;

  private long state = 0x9E3779B97F4A7C15L;

  private SyntheticText() {}

  /** Returns half a million ids less than {@code vocabularySize}. */
  static int[] ids(int vocabularySize) {
    return new SyntheticText().generate(vocabularySize);
  }

  private int[] generate(int vocabularySize) {
    double[] cumulative = new double[vocabularySize];
    double total = 0;
    for (int i = 0; i < vocabularySize; i++) {
      total += 1.0 / (i + 2.7);
      cumulative[i] = total;
    }
    int[] ids = new int[LENGTH];
    long previous = 0;
    for (int i = 0; i < LENGTH; i++) {
      double u = number();
      double v = number();
      int id;
      if (v < 0.5) {
        id = (int) ((previous * 7919 + (int) (u * u * SUCCESSORS)) % vocabularySize);
      } else {
        int found = Arrays.binarySearch(cumulative, u * total);
        id = Math.min(found < 0 ? -found - 1 : found, vocabularySize - 1);
      }
      ids[i] = id;
      previous = id;
    }
    return ids;
  }

  /** Returns the next random number in [0, 1). */
  private double number() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (state >>> 11) / (double) (1L << 53);
  }
}
