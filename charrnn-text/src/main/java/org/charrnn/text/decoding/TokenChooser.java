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
  int choose(Sampler sampler, double[] scores, RandomGenerator random) {
    if (sampler.isGreedy()) {
      double best = maximum(scores);
      return best == Double.NEGATIVE_INFINITY ? NONE : indexOf(best, scores);
    }
    double chance = random.nextDouble();
    int id = quick.choose(sampler, scores, chance);
    return id == QuickChoice.UNDECIDED ? chooseExactly(sampler, scores, chance) : id;
  }

  private int chooseExactly(Sampler sampler, double[] scores, double chance) {
    double best = maximum(scores);
    return best == Double.NEGATIVE_INFINITY ? NONE : exact.choose(sampler, scores, best, chance);
  }

  /** In four independent chains, since each comparison waits for the one before. */
  static double maximum(double[] scores) {
    double a = Double.NEGATIVE_INFINITY;
    double b = a;
    double c = a;
    double d = a;
    int id = 0;
    for (; id < scores.length - 3; id += 4) {
      a = scores[id] > a ? scores[id] : a;
      b = scores[id + 1] > b ? scores[id + 1] : b;
      c = scores[id + 2] > c ? scores[id + 2] : c;
      d = scores[id + 3] > d ? scores[id + 3] : d;
    }
    for (; id < scores.length; id++) {
      a = scores[id] > a ? scores[id] : a;
    }
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  /** Of equal ones the first. */
  private static int indexOf(double best, double[] scores) {
    int id = 0;
    while (scores[id] != best) {
      id++;
    }
    return id;
  }
}
