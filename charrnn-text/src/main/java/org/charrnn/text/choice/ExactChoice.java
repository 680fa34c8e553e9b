package org.charrnn.text.choice;

import java.util.Arrays;
import org.charrnn.text.generation.Sampler;

/**
 * The definition of a choice that is not greedy, in which each rounding is specified. {@link
 * QuickChoice} finds nearly all of the same choices in a fraction of the time.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class ExactChoice {

  private final Ranking ranking;
  private final double[] weights;
  private final int[] kept;

  ExactChoice(int vocabularySize) {
    this.ranking = new Ranking(vocabularySize);
    this.weights = new double[vocabularySize];
    this.kept = new int[vocabularySize];
  }

  /**
   * An id.
   *
   * @param sampler how to choose; not greedy
   * @param scores {@code [V]}
   * @param best the maximum of the scores, which is finite
   * @param chance in [0, 1)
   */
  int choose(Sampler sampler, float[] scores, double best, double chance) {
    double total = 0;
    for (int id = 0; id < weights.length; id++) {
      weights[id] = StrictMath.exp((scores[id] - best) / sampler.temperature());
      total += weights[id];
    }
    return draw(filter(sampler, scores, total), chance);
  }

  /**
   * Sets the weights to zero that top-k and the nucleus remove.
   *
   * @return the sum of the others
   */
  private double filter(Sampler sampler, float[] scores, double total) {
    boolean all = sampler.topK() >= weights.length;
    if (all && sampler.topP() == 1) {
      return total;
    }
    ranking.of(scores);
    int count = all ? 0 : Math.min(sampler.topK(), ranking.left());
    double sum = all ? total : rank(0, count);
    if (sampler.topP() < 1) {
      count = nucleus(count, sampler.topP() * sum);
    }
    Arrays.sort(kept, 0, count); // so that sums and draws visit the ids in ascending order
    return keep(count);
  }

  /** Ranks ids up to number {@code count}; the sum of their weights. */
  private double rank(int from, int count) {
    double sum = 0;
    for (int i = from; i < count; i++) {
      kept[i] = ranking.next();
      sum += weights[kept[i]];
    }
    return sum;
  }

  /**
   * The number of most probable ids whose weights sum to at least the mass.
   *
   * @param ranked how many are ranked already; 0 if none, then they are ranked as needed
   */
  private int nucleus(int ranked, double mass) {
    int most = ranked == 0 ? ranking.left() : ranked;
    double sum = 0;
    int count = 0;
    while (count < most && sum < mass) {
      if (ranked == 0) {
        kept[count] = ranking.next();
      }
      sum += weights[kept[count++]];
    }
    return count;
  }

  private double keep(int count) {
    double sum = 0;
    int next = 0;
    for (int id = 0; id < weights.length; id++) {
      if (next < count && kept[next] == id) {
        sum += weights[id];
        next++;
      } else {
        weights[id] = 0;
      }
    }
    return sum;
  }

  private int draw(double total, double chance) {
    double rest = chance * total;
    int last = TokenChooser.NONE;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] > 0) {
        rest -= weights[id];
        last = id;
        if (rest < 0) {
          break;
        }
      }
    }
    return last; // rounding may leave a rest, which belongs to the last possible id
  }
}
