package org.charrnn.text.decoding;

import org.charrnn.text.generation.Sampler;

/**
 * Makes the same choices as {@link ExactChoice}, or none: it computes with approximate weights
 * whose errors are bounded, and decides only if no value within these bounds would change the
 * choice. That fails for one in some ten thousand choices. Scores are never sorted as a whole; most
 * loops over all of them are written so that the compiler of the JVM computes several at once.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class QuickChoice {

  /** The exact weights may lead to another choice. */
  static final int UNDECIDED = -2;

  /** Scores are rounded to this share of one to find the highest. */
  private static final double STEPS = 1 << 12;

  /** With a lower temperature, that rounding matters. */
  private static final double MIN_TEMPERATURE = 1e-3;

  /** Weights below {@code e^-30} of the highest, which is 1, are replaced by that. */
  private static final double MIN_EXPONENT = -30;

  /** {@code exp(x) = exp(x / 2^8)^(2^8)}; the compiler has vectors for products, none for exp. */
  private static final int POWER = 256;

  /**
   * The bound on the relative error of a sum: 5e-10 because of the polynomial, the rest for
   * rounding and as a reserve.
   */
  private static final double ERROR = 1e-8;

  /** What each score adds to that bound: by rounding, and by a weight that is replaced. */
  private static final double ERROR_OF_A_SCORE = 1e-12;

  private static final int BLOCKS = 8;

  /** The sum of all weights as integers. */
  private static final int MASS = 1 << 30;

  /** Scores that have this share of it together are ranked without being divided further. */
  private static final int FEW = MASS / 256;

  private final BestScores bestScores;
  private final Places places;
  private final Ranking ranking;
  private final int[] masses;
  private final int[] members; // of an interval of places
  private final double[] weights;
  private final double[] blocks = new double[BLOCKS]; // the sum of each block of weights
  private double[] scores = {}; // among which it chooses
  private int count;
  private double best; // at least the maximum of the scores
  private double scale; // of the difference to the best score

  QuickChoice(int vocabularySize) {
    this.places = new Places(vocabularySize);
    this.ranking = new Ranking(vocabularySize);
    this.bestScores = new BestScores(vocabularySize, places, ranking);
    this.masses = new int[vocabularySize];
    this.members = new int[vocabularySize];
    this.weights = new double[vocabularySize];
  }

  /** An id, or {@link #UNDECIDED}; the parameters are those of {@link ExactChoice#choose}. */
  int choose(Sampler sampler, double[] all, double chance) {
    best = best(all, sampler.temperature());
    if (best == Double.NEGATIVE_INFINITY) {
      return UNDECIDED;
    }
    scale = 1 / (sampler.temperature() * POWER);
    double range = -MIN_EXPONENT * sampler.temperature();
    boolean some = sampler.topK() < all.length;
    if (some) {
      bestScores.select(sampler.topK(), all, best, range);
    }
    scores = some ? bestScores.scores() : all;
    count = some ? bestScores.count() : all.length;
    int chosen = choose(sampler.topP(), range, chance);
    return some && chosen != UNDECIDED ? bestScores.id(chosen) : chosen;
  }

  private int choose(double topP, double range, double chance) {
    weigh();
    double total = sum();
    double error = error(total);
    if (topP < 1) {
      total = keepNucleus(topP * total, range, total);
    }
    return total == 0 ? UNDECIDED : draw(chance * total, error);
  }

  /** The highest score, or a little more, since integers are compared several at once. */
  private static double best(double[] all, double temperature) {
    int top = Integer.MIN_VALUE;
    for (double score : all) {
      top = Math.max(top, (int) (score * STEPS));
    }
    boolean isInRange = top > Integer.MIN_VALUE && top < Integer.MAX_VALUE;
    return isInRange && temperature >= MIN_TEMPERATURE
        ? (top + 1) / STEPS
        : TokenChooser.maximum(all);
  }

  /** The bound on the error of any sum of weights. */
  private double error(double total) {
    return total * (ERROR + count * ERROR_OF_A_SCORE);
  }

  // ---- weights

  private void weigh() {
    double highest = best; // so that the loop reads no fields
    double factor = scale;
    double[] from = scores;
    double[] to = weights;
    for (int i = 0; i < count; i++) {
      to[i] = weight((from[i] - highest) * factor);
    }
  }

  /** Of all polynomials of degree 5, this one has the lowest maximum relative error: 2e-12. */
  private static double weight(double exponent) {
    double x = Math.max(exponent, MIN_EXPONENT / POWER);
    double sum = 0.0416069374280092 + x * 0.007866206195367794;
    sum = 0.16666317680668927 + x * sum;
    sum = 0.4999999106504424 + x * sum;
    sum = 0.9999999992541264 + x * sum;
    double power = 1 + x * sum;
    power *= power; // 2
    power *= power;
    power *= power; // 8
    power *= power;
    power *= power;
    power *= power;
    power *= power;
    power *= power; // 256
    return power;
  }

  /** Sums each block and all of them. */
  private double sum() {
    double total = 0;
    for (int block = 0; block < BLOCKS; block++) {
      blocks[block] = sum(start(block), start(block + 1));
      total += blocks[block];
    }
    return total;
  }

  /** The index of the first weight of a block. */
  private int start(int block) {
    return (int) ((long) block * count / BLOCKS);
  }

  /** The block of a weight. */
  private int block(int i) {
    return (int) (((i + 1L) * BLOCKS - 1) / count);
  }

  /** In independent chains, since each addition waits for the one before. */
  private double sum(int from, int to) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double h = 0;
    int i = from;
    for (; i < to - 7; i += 8) {
      a += weights[i];
      b += weights[i + 1];
      c += weights[i + 2];
      d += weights[i + 3];
      e += weights[i + 4];
      f += weights[i + 5];
      g += weights[i + 6];
      h += weights[i + 7];
    }
    for (; i < to; i++) {
      a += weights[i];
    }
    return a + b + (c + d) + (e + f + (g + h));
  }

  // ---- the nucleus

  /**
   * Sets the weights to zero that are not in the nucleus, the best ones until they have a mass.
   *
   * @param total the sum of all weights
   * @return the sum of those that are kept; 0 if the error decides which are
   */
  private double keepNucleus(double mass, double range, double total) {
    places.assign(scores, count, best, range);
    double unit = MASS / total;
    for (int i = 0; i < count; i++) {
      masses[i] = (int) (weights[i] * unit);
    }
    places.find(masses, MASS, (int) (mass * unit), FEW);
    ranking.of(scores, members, findMembers());
    places.keepBefore(weights);
    double after = sum();
    double before = after;
    while (after < mass && ranking.left() > 0) {
      before = after;
      after += restore(ranking.next());
    }
    double error = error(total);
    boolean certain = (before == 0 || before < mass - error) && after > mass + error;
    return certain ? after : 0;
  }

  /** Finds those in the interval of places in which the nucleus ends. */
  private int findMembers() {
    int number = 0;
    for (int i = 0; i < count; i++) {
      if (places.isWithin(i) && scores[i] > Double.NEGATIVE_INFINITY) {
        members[number++] = i;
      }
    }
    return number;
  }

  private double restore(int i) {
    weights[i] = weight((scores[i] - best) * scale);
    blocks[block(i)] += weights[i];
    return weights[i];
  }

  // ---- the draw

  private int draw(double target, double error) {
    int block = 0;
    double before = 0;
    while (block < BLOCKS - 1 && before + blocks[block] <= target) {
      before += blocks[block++];
    }
    int end = start(block + 1);
    for (int i = start(block); i < end; i++) {
      double after = before + weights[i];
      if (after > target) {
        boolean certain = (before == 0 || before < target - error) && after > target + error;
        return certain ? i : UNDECIDED;
      }
      before = after;
    }
    return UNDECIDED;
  }
}
