package org.charrnn.text.choice;

import org.charrnn.text.generation.Sampler;

/**
 * Makes the same choices as {@link ExactChoice}, or none: it computes with approximate weights
 * whose errors are bounded, and decides only if no value within these bounds would change the
 * choice. It tries weights of 32 bits, which decide more than nine of ten choices, then of 64 bits,
 * which fail to decide one in some ten thousand. Scores are never sorted as a whole; most loops
 * over all of them are written so that the compiler of the JVM computes several at once.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class QuickChoice {

  /** The exact weights may lead to another choice. */
  static final int UNDECIDED = -2;

  /** With a lower temperature, it matters that the best score is rounded. */
  private static final double MIN_TEMPERATURE = 1e-3;

  /** Scores that are worse than the best by more than so many temperatures are not ordered. */
  private static final double RANGE = 30;

  /** The sum of all weights as integers. */
  private static final int MASS = 1 << 30;

  /** Scores that have this share of it together are ranked without being divided further. */
  private static final int FEW = MASS / 256;

  private final BestScores bestScores;
  private final Places places;
  private final Ranking ranking;
  private final int[] masses;
  private final int[] members; // of an interval of places
  private final ApproximateWeights floats;
  private final ApproximateWeights doubles;
  private float[] scores = {}; // among which it chooses
  private int count;
  private double best; // about the maximum of the scores
  private double temperature;

  QuickChoice(int vocabularySize) {
    this.places = new Places(vocabularySize);
    this.ranking = new Ranking(vocabularySize);
    this.bestScores = new BestScores(vocabularySize, places, ranking);
    this.masses = new int[vocabularySize];
    this.members = new int[vocabularySize];
    this.floats = new FloatWeights(vocabularySize);
    this.doubles = new DoubleWeights(vocabularySize);
  }

  /** An id, or {@link #UNDECIDED}; the parameters are those of {@link ExactChoice#choose}. */
  int choose(Sampler sampler, float[] all, double chance) {
    temperature = sampler.temperature();
    int steps = Maximum.steps(all);
    boolean isRounded = Maximum.isExact(steps) && temperature >= MIN_TEMPERATURE;
    best = isRounded ? (steps + 1) / Maximum.STEPS : Maximum.of(all);
    if (best == Double.NEGATIVE_INFINITY) {
      return UNDECIDED;
    }
    boolean some = sampler.topK() < all.length;
    if (some) {
      bestScores.select(sampler.topK(), all, best, RANGE * temperature);
    }
    scores = some ? bestScores.scores() : all;
    count = some ? bestScores.count() : all.length;
    int chosen = isRounded ? choose(floats, sampler.topP(), chance) : UNDECIDED;
    if (chosen == UNDECIDED) {
      chosen = choose(doubles, sampler.topP(), chance);
    }
    return some && chosen != UNDECIDED ? bestScores.id(chosen) : chosen;
  }

  private int choose(ApproximateWeights weights, double topP, double chance) {
    double total = weights.compute(scores, count, best, temperature);
    if (topP < 1) {
      total = keepNucleus(weights, topP * total, total);
    }
    return total == 0 ? UNDECIDED : weights.draw(chance * total);
  }

  /**
   * Sets the weights to zero that are not in the nucleus, the best ones until they have a mass.
   *
   * @param total the sum of all weights
   * @return the sum of those that are kept; 0 if the error decides which are
   */
  private double keepNucleus(ApproximateWeights weights, double mass, double total) {
    double unit = MASS / total;
    weights.toMasses(masses, unit);
    places.assign(scores, count, best, RANGE * temperature);
    places.find(masses, MASS, (int) (mass * unit), FEW);
    ranking.of(scores, members, places.findWithin(members));
    weights.keepBefore(places);
    double after = weights.sum();
    double before = after;
    while (after < mass && ranking.left() > 0) {
      before = after;
      after += weights.restore(ranking.next());
    }
    double error = weights.error();
    boolean certain = (before == 0 || before < mass - error) && after > mass + error;
    return certain ? after : 0;
  }
}
