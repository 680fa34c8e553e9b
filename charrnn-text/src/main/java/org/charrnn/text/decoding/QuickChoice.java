package org.charrnn.text.decoding;

import java.util.Arrays;
import org.charrnn.text.generation.Sampler;

/**
 * Makes the same choices as {@link ExactChoice}, or none: it computes with approximate weights
 * whose errors are bounded, and decides only if no value within these bounds would change the
 * choice. That fails for one in some ten thousand choices. Ids are never sorted as a whole; loops
 * over all of them are written so that the compiler of the JVM computes several ids at once.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class QuickChoice {

  /** The exact weights may lead to another choice. */
  static final int UNDECIDED = -2;

  /** Weights below {@code e^-30} of the highest, which is 1, are replaced by that. */
  private static final double MIN_EXPONENT = -30;

  /** {@code exp(x) = exp(x / 2^8)^(2^8)}; the compiler has vectors for products, none for exp. */
  private static final int POWER = 256;

  /**
   * The bound on the relative error of a sum: 2e-10 because of the polynomial, the rest for
   * rounding and as a reserve.
   */
  private static final double ERROR = 1e-8;

  /** What each id adds to that bound: by rounding, and by a weight that is replaced. */
  private static final double ERROR_OF_AN_ID = 1e-12;

  private static final int ROW = 64;
  private static final int BLOCK = 8 * ROW;
  private static final int BUCKETS = 256;

  private final double[] weights;
  private final double[] blocks; // the sum of each block of weights
  private final double[] row = new double[ROW];
  private final int[] buckets; // of each id; the best ids are in the first bucket
  private final int[] counts = new int[BUCKETS];
  private final double[] masses = new double[BUCKETS];
  private final int[] members; // of one bucket
  private final Ranking ranking;
  private int left; // the number of ids that are not forbidden

  QuickChoice(int vocabularySize) {
    this.weights = new double[vocabularySize];
    this.blocks = new double[(vocabularySize + BLOCK - 1) / BLOCK];
    this.buckets = new int[vocabularySize];
    this.members = new int[vocabularySize];
    this.ranking = new Ranking(vocabularySize);
  }

  /** An id, or {@link #UNDECIDED}; the parameters are those of {@link ExactChoice#choose}. */
  int choose(Sampler sampler, double[] scores, double best, double chance) {
    weigh(scores, best, 1 / (sampler.temperature() * POWER));
    double total = sum();
    if (sampler.topK() < weights.length || sampler.topP() < 1) {
      fillBuckets(scores, best, sampler.temperature());
      if (!keep(sampler, scores, total)) {
        return UNDECIDED;
      }
      total = sum();
    }
    return draw(chance * total, error(total));
  }

  /** The bound on the error of any sum of weights. */
  private double error(double total) {
    return total * (ERROR + weights.length * ERROR_OF_AN_ID);
  }

  // ---- weights

  private void weigh(double[] scores, double best, double scale) {
    for (int id = 0; id < weights.length; id++) {
      double x = Math.max((scores[id] - best) * scale, MIN_EXPONENT / POWER);
      double sum = 1 / 720. + x / 5040;
      sum = 1 / 120. + x * sum;
      sum = 1 / 24. + x * sum;
      sum = 1 / 6. + x * sum;
      sum = 1 / 2. + x * sum;
      sum = 1 + x * sum;
      double power = 1 + x * sum;
      power *= power; // 2
      power *= power;
      power *= power; // 8
      power *= power;
      power *= power;
      power *= power;
      power *= power;
      power *= power; // 256
      weights[id] = power;
    }
  }

  /** Sums each block and all of them. */
  private double sum() {
    double total = 0;
    for (int block = 0; block < blocks.length; block++) {
      int from = block * BLOCK;
      blocks[block] =
          from + BLOCK <= weights.length ? sumOfBlock(from) : sum(weights, from, weights.length);
      total += blocks[block];
    }
    return total;
  }

  private double sumOfBlock(int from) {
    for (int i = 0; i < ROW; i++) {
      int id = from + i;
      row[i] =
          weights[id]
              + weights[id + ROW]
              + weights[id + 2 * ROW]
              + weights[id + 3 * ROW]
              + weights[id + 4 * ROW]
              + weights[id + 5 * ROW]
              + weights[id + 6 * ROW]
              + weights[id + 7 * ROW];
    }
    return sum(row, 0, ROW);
  }

  private static double sum(double[] values, int from, int to) {
    double a = 0;
    double b = 0;
    int i = from;
    for (; i < to - 1; i += 2) {
      a += values[i];
      b += values[i + 1];
    }
    return i < to ? a + b + values[i] : a + b;
  }

  // ---- top-k and nucleus

  /**
   * Assigns the ids that are not forbidden to buckets, so that all ids of a bucket rank before all
   * of the next one, and sums the weights of each. The width of the buckets adapts to the scores,
   * since a bucket may have to be sorted.
   */
  private void fillBuckets(double[] scores, double best, double temperature) {
    double range = Math.min(best - minimum(scores), -MIN_EXPONENT * temperature);
    double scale = (BUCKETS - 1) / range;
    Arrays.fill(counts, 0);
    Arrays.fill(masses, 0);
    left = 0;
    for (int id = 0; id < weights.length; id++) {
      if (scores[id] == Double.NEGATIVE_INFINITY) {
        buckets[id] = BUCKETS;
        continue;
      }
      int bucket = (int) Math.min((best - scores[id]) * scale, BUCKETS - 1);
      buckets[id] = bucket;
      counts[bucket]++;
      masses[bucket] += weights[id];
      left++;
    }
  }

  private static double minimum(double[] scores) {
    double minimum = Double.POSITIVE_INFINITY;
    for (double score : scores) {
      minimum = score < minimum ? score : minimum;
    }
    return minimum;
  }

  /**
   * Sets the weights to zero that top-k and the nucleus remove.
   *
   * @return false if the approximate weights do not determine which
   */
  private boolean keep(Sampler sampler, double[] scores, double total) {
    double mass = sampler.topK() < left ? keepFirst(sampler.topK(), scores) : total;
    return sampler.topP() == 1 || keepNucleus(sampler.topP() * mass, scores, error(total));
  }

  /** Keeps the k best ids; their mass. */
  private double keepFirst(int k, double[] scores) {
    int bucket = 0;
    int count = k; // of this bucket and those after it
    double mass = 0;
    while (count > counts[bucket]) {
      count -= counts[bucket];
      mass += masses[bucket++];
    }
    rank(bucket, scores);
    int last;
    double massOfLast = 0;
    do {
      last = ranking.next();
      massOfLast += weights[last];
      count--;
    } while (count > 0);
    removeAfter(last, scores);
    masses[bucket] = massOfLast;
    return mass + massOfLast;
  }

  /** Keeps the best ids until they have the mass; false if the error decides which. */
  private boolean keepNucleus(double mass, double[] scores, double error) {
    int bucket = 0;
    double before = 0;
    while (bucket < BUCKETS - 1 && before + masses[bucket] < mass) {
      before += masses[bucket++];
    }
    rank(bucket, scores);
    double after = before;
    int last = TokenChooser.NONE;
    while (after < mass && ranking.left() > 0) {
      last = ranking.next();
      before = after;
      after += weights[last];
    }
    boolean certain = (before == 0 || before < mass - error) && after > mass + error;
    if (certain) {
      removeAfter(last, scores);
    }
    return certain;
  }

  /** Ranks the ids of one bucket. */
  private void rank(int bucket, double[] scores) {
    int count = 0;
    for (int id = 0; id < buckets.length; id++) {
      if (buckets[id] == bucket) {
        members[count++] = id;
      }
    }
    ranking.of(scores, members, count);
  }

  private void removeAfter(int last, double[] scores) {
    double score = scores[last];
    for (int id = 0; id < weights.length; id++) {
      boolean kept = scores[id] > score || (scores[id] == score && id <= last);
      weights[id] = kept ? weights[id] : 0;
    }
  }

  // ---- the draw

  private int draw(double target, double error) {
    int block = 0;
    double before = 0;
    while (block < blocks.length - 1 && before + blocks[block] <= target) {
      before += blocks[block++];
    }
    int end = Math.min((block + 1) * BLOCK, weights.length);
    for (int id = block * BLOCK; id < end; id++) {
      double after = before + weights[id];
      if (after > target) {
        boolean certain = (before == 0 || before < target - error) && after > target + error;
        return certain ? id : UNDECIDED;
      }
      before = after;
    }
    return UNDECIDED;
  }
}
