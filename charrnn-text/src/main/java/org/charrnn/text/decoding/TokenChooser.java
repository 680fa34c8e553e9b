package org.charrnn.text.decoding;

import java.util.random.RandomGenerator;
import org.charrnn.text.generation.Sampler;

/**
 * Chooses an id as a {@link Sampler} says, from scores to which {@link RepetitionRules} were
 * applied.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class TokenChooser {

  /** Every id is forbidden. */
  static final int NONE = -1;

  private static final int BLOCK = 512;

  private final QuickChoice quick;
  private final ExactChoice exact;

  TokenChooser(int vocabularySize) {
    this.quick = new QuickChoice(vocabularySize);
    this.exact = new ExactChoice(vocabularySize);
  }

  /**
   * An id, or {@link #NONE} if all are forbidden.
   *
   * @param sampler how to choose
   * @param scores {@code [V]}
   * @param random the only source of randomness; one number is drawn unless the choice is greedy
   */
  int choose(Sampler sampler, float[] scores, RandomGenerator random) {
    if (sampler.isGreedy()) {
      return indexOfMaximum(scores);
    }
    double chance = random.nextDouble();
    int id = quick.choose(sampler, scores, chance);
    return id == QuickChoice.UNDECIDED ? chooseExactly(sampler, scores, chance) : id;
  }

  private int chooseExactly(Sampler sampler, float[] scores, double chance) {
    float best = maximum(scores);
    return best == Float.NEGATIVE_INFINITY ? NONE : exact.choose(sampler, scores, best, chance);
  }

  /** Of equal ones the first, or {@link #NONE} if all are forbidden. */
  private static int indexOfMaximum(float[] scores) {
    float best = Float.NEGATIVE_INFINITY;
    int block = 0;
    for (int from = 0; from < scores.length; from += BLOCK) {
      float maximum = maximum(scores, from, Math.min(from + BLOCK, scores.length));
      if (maximum > best) {
        best = maximum;
        block = from;
      }
    }
    return best == Float.NEGATIVE_INFINITY ? NONE : indexOf(best, scores, block);
  }

  private static int indexOf(float score, float[] scores, int from) {
    int id = from;
    while (scores[id] != score) {
      id++;
    }
    return id;
  }

  static float maximum(float[] scores) {
    return maximum(scores, 0, scores.length);
  }

  /** In independent chains, since each comparison waits for the one before. */
  private static float maximum(float[] scores, int from, int to) {
    float a = Float.NEGATIVE_INFINITY;
    float b = a;
    float c = a;
    float d = a;
    float e = a;
    float f = a;
    float g = a;
    float h = a;
    int id = from;
    for (; id < to - 7; id += 8) {
      a = scores[id] > a ? scores[id] : a;
      b = scores[id + 1] > b ? scores[id + 1] : b;
      c = scores[id + 2] > c ? scores[id + 2] : c;
      d = scores[id + 3] > d ? scores[id + 3] : d;
      e = scores[id + 4] > e ? scores[id + 4] : e;
      f = scores[id + 5] > f ? scores[id + 5] : f;
      g = scores[id + 6] > g ? scores[id + 6] : g;
      h = scores[id + 7] > h ? scores[id + 7] : h;
    }
    for (; id < to; id++) {
      a = scores[id] > a ? scores[id] : a;
    }
    float low = Math.max(Math.max(a, b), Math.max(c, d));
    return Math.max(low, Math.max(Math.max(e, f), Math.max(g, h)));
  }
}
