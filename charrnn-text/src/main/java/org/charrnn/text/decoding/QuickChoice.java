package org.charrnn.text.decoding;

import java.util.Arrays;
import org.charrnn.text.generation.Sampler;

/**
 * Makes the same choices as {@link ExactChoice}, or none: it computes with approximate weights
 * whose errors are bounded, and decides only if no value within these bounds would change the
 * choice. That fails for one in some ten thousand choices. Ids are never sorted as a whole; most
 * loops over all of them are written so that the compiler of the JVM computes several ids at once.
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
   * The bound on the relative error of a sum: 5e-10 because of the polynomial, the rest for
   * rounding and as a reserve.
   */
  private static final double ERROR = 1e-8;

  /** What each id adds to that bound: by rounding, and by a weight that is replaced. */
  private static final double ERROR_OF_AN_ID = 1e-12;

  private static final int BLOCKS = 8;
  private static final int BUCKET_BITS = 8;
  private static final int BUCKETS = 1 << BUCKET_BITS;

  /** The place of an id whose weight is the lowest. */
  private static final int LAST_PLACE = (1 << 24) - 1;

  private final double[] weights;
  private final double[] blocks = new double[BLOCKS]; // the sum of each block of weights
  private final int[] places; // of each id; the best one has place 0
  private final int[] counts = new int[BUCKETS];
  private final double[] masses = new double[BUCKETS];
  private final int[] members; // of one bucket
  private int memberCount;
  private final Ranking ranking;
  private int shift; // a bucket is a place, shifted

  QuickChoice(int vocabularySize) {
    this.weights = new double[vocabularySize];
    this.places = new int[vocabularySize];
    this.members = new int[vocabularySize];
    this.ranking = new Ranking(vocabularySize);
  }

  /** An id, or {@link #UNDECIDED}; the parameters are those of {@link ExactChoice#choose}. */
  int choose(Sampler sampler, double[] scores, double best, double chance) {
    weigh(scores, best, 1 / (sampler.temperature() * POWER));
    double total = sum();
    if (sampler.topK() < weights.length || sampler.topP() < 1) {
      assignPlaces(scores, best, sampler.temperature());
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

  /** Of all polynomials of degree 5, this one has the lowest maximum relative error: 2e-12. */
  private void weigh(double[] scores, double best, double scale) {
    for (int id = 0; id < weights.length; id++) {
      double x = Math.max((scores[id] - best) * scale, MIN_EXPONENT / POWER);
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
      weights[id] = power;
    }
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

  /** The first id of a block. */
  private int start(int block) {
    return (int) ((long) block * weights.length / BLOCKS);
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
    int id = from;
    for (; id < to - 7; id += 8) {
      a += weights[id];
      b += weights[id + 1];
      c += weights[id + 2];
      d += weights[id + 3];
      e += weights[id + 4];
      f += weights[id + 5];
      g += weights[id + 6];
      h += weights[id + 7];
    }
    for (; id < to; id++) {
      a += weights[id];
    }
    return a + b + (c + d) + (e + f + (g + h));
  }

  // ---- top-k and nucleus

  /**
   * Assigns a place to each id, and thereby a bucket, so that all ids of a bucket rank before all
   * of the next one. Those that are forbidden have the last place that occurs. The width of the
   * buckets adapts to the scores, since a bucket may have to be sorted.
   */
  private void assignPlaces(double[] scores, double best, double temperature) {
    double scale = LAST_PLACE / (-MIN_EXPONENT * temperature);
    int last = 0;
    for (int id = 0; id < places.length; id++) {
      int place = (int) Math.min((best - scores[id]) * scale, LAST_PLACE);
      places[id] = place;
      last = Math.max(last, place);
    }
    shift = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(last) - BUCKET_BITS);
  }

  /**
   * Sets the weights to zero that top-k and the nucleus remove.
   *
   * @return false if the approximate weights do not determine which
   */
  private boolean keep(Sampler sampler, double[] scores, double total) {
    boolean nucleus = sampler.topP() < 1;
    if (nucleus) {
      sumBuckets();
    }
    double mass = sampler.topK() < weights.length ? keepFirst(sampler.topK(), scores) : total;
    return !nucleus || keepNucleus(sampler.topP() * mass, scores, error(total));
  }

  private void sumBuckets() {
    Arrays.fill(masses, 0);
    for (int id = 0; id < places.length; id++) {
      masses[places[id] >> shift] += weights[id];
    }
  }

  /** Keeps the k best ids; their mass, if the buckets are summed. */
  private double keepFirst(int k, double[] scores) {
    countBuckets();
    int bucket = 0;
    int left = k;
    double mass = 0;
    while (bucket < BUCKETS - 1 && left > counts[bucket]) {
      left -= counts[bucket];
      mass += masses[bucket++];
    }
    rank(bucket, scores);
    double massOfLast = 0;
    int last = TokenChooser.NONE;
    for (; left > 0 && ranking.left() > 0; left--) {
      last = ranking.next();
      massOfLast += weights[last];
    }
    if (last != TokenChooser.NONE) {
      removeAfter(bucket, last, scores);
    }
    masses[bucket] = massOfLast;
    return mass + massOfLast;
  }

  private void countBuckets() {
    Arrays.fill(counts, 0);
    for (int place : places) {
      counts[place >> shift]++;
    }
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
      removeAfter(bucket, last, scores);
    }
    return certain;
  }

  /** Ranks the ids of one bucket. */
  private void rank(int bucket, double[] scores) {
    memberCount = 0;
    for (int id = 0; id < places.length; id++) {
      if (places[id] >> shift == bucket && scores[id] > Double.NEGATIVE_INFINITY) {
        members[memberCount++] = id;
      }
    }
    ranking.of(scores, members, memberCount);
  }

  /** Sets the weights of all ids to zero that rank after an id of the bucket that was ranked. */
  private void removeAfter(int bucket, int last, double[] scores) {
    for (int id = 0; id < weights.length; id++) {
      weights[id] *= Math.max(0, Math.min(1, bucket + 1 - (places[id] >> shift)));
    }
    double score = scores[last];
    for (int i = 0; i < memberCount; i++) {
      int id = members[i];
      if (scores[id] < score || (scores[id] == score && id > last)) {
        weights[id] = 0;
      }
    }
  }

  // ---- the draw

  private int draw(double target, double error) {
    int block = 0;
    double before = 0;
    while (block < BLOCKS - 1 && before + blocks[block] <= target) {
      before += blocks[block++];
    }
    int end = start(block + 1);
    for (int id = start(block); id < end; id++) {
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
