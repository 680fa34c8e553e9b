package org.charrnn.examples.scoring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A character 5-gram with interpolated Witten-Bell smoothing, to compare with: it predicts each
 * character from how often it followed the last four, three, two, one and none.
 *
 * <p>Source: Witten, Bell, "The Zero-Frequency Problem", IEEE Transactions on Information Theory
 * 37, 1991, method C.
 */
final class FiveGrams {

  private static final int ORDER = 5;

  /** The probability of a character that was never seen: one of all code points. */
  private static final double ANY_CODE_POINT = Math.pow(2, -21);

  /** How often each character followed a few others. */
  private static final class Followers {
    private final Map<Integer, Integer> counts = new HashMap<>();
    private int total;
  }

  private final Map<String, Followers> followers = new HashMap<>();

  /** Counts the characters of lines. */
  FiveGrams(List<String> lines) {
    for (String line : lines) {
      int[] text = ("\n" + line + "\n").codePoints().toArray();
      for (int i = 1; i < text.length; i++) {
        for (int length = 0; length < ORDER && length <= i; length++) {
          Followers known =
              followers.computeIfAbsent(new String(text, i - length, length), _ -> new Followers());
          known.counts.merge(text[i], 1, Integer::sum);
          known.total++;
        }
      }
    }
  }

  /** The logarithm of the probability of a line. */
  double logProbability(String line) {
    int[] text = ("\n" + line).codePoints().toArray();
    double sum = 0;
    for (int i = 1; i < text.length; i++) {
      sum += Math.log(probability(text, i));
    }
    return sum;
  }

  private double probability(int[] text, int i) {
    double probability = ANY_CODE_POINT;
    for (int length = 0; length < ORDER && length <= i; length++) {
      Followers known = followers.get(new String(text, i - length, length));
      if (known == null) {
        break;
      }
      int different = known.counts.size();
      probability =
          (known.counts.getOrDefault(text[i], 0) + different * probability)
              / (known.total + different);
    }
    return probability;
  }
}
