package org.charrnn.accel.java.vector.choice;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.api.ScoreChooser;

/**
 * The weights of scores, {@code exp((score - best) / temperature)}, in single precision, with a
 * bound on their errors; and the draw of one of them in proportion to its weight. Weights are
 * summed in blocks, so that a draw skips most of them.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class VectorWeights {

  /** The number of scores is a multiple of so many vectors. */
  static final int UNROLLED = 4;

  private static final VectorOperators.Comparison GE = VectorOperators.GE;
  private static final int MAX_BLOCKS = 32;

  /** With fewer vectors, a block would save no time. */
  private static final int MIN_VECTORS = 4;

  /** Weights below {@code 2^-100} are replaced by that. */
  private static final float MIN_EXPONENT = -100;

  /**
   * 1.5 * 2^23: the sum of this and a number has the nearest integer to the number as last bits.
   */
  private static final float ROUNDING = 12_582_912;

  /** The number of bits of a mantissa. */
  private static final int MANTISSA = 23;

  /** 2.3e-7 is the largest error of a weight above exp(-0.5); the rest is a reserve. */
  private static final double ERROR = 3e-7;

  /**
   * What each unit of an exponent adds to that, because of rounding. The mean of the exponents,
   * weighted, is at most {@code log(count / total)}, since the entropy is at most {@code
   * log(count)}.
   */
  private static final double ERROR_OF_AN_EXPONENT = 2.5e-7;

  /** What each addition of a sum adds. */
  private static final double ERROR_OF_AN_ADDITION = 0x1p-24;

  /** An interval with this share of the sum of all weights is not divided further. */
  private static final int FEW = 256;

  /** Nor is one that was divided so often; it may have one weight that has a greater share. */
  private static final int MAX_PASSES = 14;

  /** No weight is as high: that of the best score is 1, but for its error. */
  private static final float MOST_WEIGHT = 1.00001f;

  /**
   * Weights that are fewer units in the last place apart may have another order than their scores.
   * That is 1.5e-5 or more of a weight, of which the largest error is 5e-6.
   */
  private static final int CLOSE = 256;

  /** So many scores at the end of a nucleus are ranked. */
  private static final int MAX_MEMBERS = 64;

  private final float[] weights;
  private final double[] blocks = new double[MAX_BLOCKS]; // the sum of each block of weights
  private final int[] members = new int[MAX_MEMBERS]; // of the interval in which a nucleus ends
  private final float[] memberWeights = new float[MAX_MEMBERS];
  private float[] scores = {};
  private int number; // of scores
  private int length; // the same, padded
  private int blockCount;
  private int blockLength;
  private double bound; // of the error of any sum

  /** For so many scores, a whole number of vectors. */
  VectorWeights(int most) {
    this.weights = new float[most];
  }

  // ---- weights

  /**
   * Computes the weights of all scores.
   *
   * @param all the scores, followed by negative infinities; kept until the draw
   * @param count the number of scores
   * @param padded the same, rounded up to a multiple of {@link #UNROLLED} vectors
   * @param best the highest score
   * @return their sum
   */
  double compute(float[] all, int count, int padded, float best, double temperature) {
    scores = all;
    number = count;
    length = padded;
    int vectors = padded / Lanes.COUNT;
    int inBlock = Math.max(MIN_VECTORS, Math.ceilDiv(vectors, MAX_BLOCKS));
    blockLength = inBlock * Lanes.COUNT;
    blockCount = Math.ceilDiv(vectors, inBlock);
    weigh(best, (float) (1 / (Math.log(2) * temperature)));
    double total = sum();
    double exponent = Math.log(count / total);
    double additions = inBlock + Integer.numberOfTrailingZeros(Lanes.COUNT);
    double relative = ERROR + ERROR_OF_AN_EXPONENT * exponent + ERROR_OF_AN_ADDITION * additions;
    bound = total * relative;
    return total;
  }

  /** The bound on the error of any sum of weights, which is that of all when they were computed. */
  double error() {
    return bound;
  }

  float weight(int index) {
    return weights[index];
  }

  /**
   * {@code 2^x = 2^k 2^f} where k is the nearest integer to x. Of all polynomials of degree 5, this
   * one has the lowest maximum relative error for f: 7.5e-8.
   */
  private void weigh(float best, float scale) {
    float[] from = scores;
    float[] to = weights;
    FloatVector least = FloatVector.broadcast(Lanes.SPECIES, MIN_EXPONENT);
    FloatVector c5 = FloatVector.broadcast(Lanes.SPECIES, 0.0013276488f);
    FloatVector c4 = FloatVector.broadcast(Lanes.SPECIES, 0.00967554f);
    FloatVector c3 = FloatVector.broadcast(Lanes.SPECIES, 0.05550713f);
    FloatVector c2 = FloatVector.broadcast(Lanes.SPECIES, 0.2402212f);
    FloatVector c1 = FloatVector.broadcast(Lanes.SPECIES, 0.69314694f);
    FloatVector c0 = FloatVector.broadcast(Lanes.SPECIES, 1.0000001f);
    for (int block = 0; block < blockCount; block++) {
      FloatVector sum = FloatVector.zero(Lanes.SPECIES);
      int end = Math.min(length, (block + 1) * blockLength);
      for (int i = block * blockLength; i < end; i += Lanes.COUNT) {
        FloatVector x = FloatVector.fromArray(Lanes.SPECIES, from, i).sub(best).mul(scale);
        x = x.blend(least, x.compare(VectorOperators.LT, least));
        FloatVector rounded = x.add(ROUNDING);
        FloatVector f = x.sub(rounded.sub(ROUNDING));
        IntVector k = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA);
        FloatVector power = c5.fma(f, c4).fma(f, c3).fma(f, c2).fma(f, c1).fma(f, c0);
        FloatVector weight = power.reinterpretAsInts().add(k).reinterpretAsFloats();
        weight.intoArray(to, i);
        sum = sum.add(weight);
      }
      blocks[block] = sum.reduceLanes(VectorOperators.ADD);
    }
  }

  private double sum() {
    double sum = 0;
    for (int block = 0; block < blockCount; block++) {
      sum += blocks[block];
    }
    return sum;
  }

  // ---- the nucleus

  /**
   * Sets the weights to zero that are not in the nucleus, the best ones until they have a mass.
   *
   * <p>The interval of weights in which the nucleus ends is halved until it has few of them. These
   * are ranked by their scores, with all that differ so little that the order of weights may not be
   * that of scores.
   *
   * @param total the sum of all weights
   * @return the sum of those that are kept; 0 if the error decides which are
   */
  double keepNucleus(double total, double mass) {
    int low = Float.floatToIntBits(leastWeight(total, mass)); // from here on they have the mass
    int high = Float.floatToIntBits(MOST_WEIGHT); // and from here on less
    double all = total;
    double above = 0;
    for (int pass = 0; pass < MAX_PASSES && all - above > total / FEW; pass++) {
      int middle = low + (high - low) / 2;
      if (middle == low) {
        break;
      }
      double sum = sumFrom(Float.intBitsToFloat(middle));
      if (sum < mass) {
        high = middle;
        above = sum;
      } else {
        low = middle;
        all = sum;
      }
    }
    int count = keepFrom(Float.intBitsToFloat(high + CLOSE), Float.intBitsToFloat(low - CLOSE));
    if (count > MAX_MEMBERS) {
      return 0;
    }
    double after = sum();
    double before = after;
    for (int left = count; after < mass && left > 0; left--) {
      before = after;
      after += restore(takeBest(left));
    }
    boolean certain = (before == 0 || before < mass - bound) && after > mass + bound;
    return certain ? after : 0;
  }

  /**
   * No smaller weight is in the nucleus: if all others, which lack {@code total - mass}, were as
   * small, they would sum to less than that.
   */
  private float leastWeight(double total, double mass) {
    return Math.max(Extremes.minimum(weights, number), (float) ((total - mass) / number));
  }

  /** The sum of all weights from one on, roughly. */
  private float sumFrom(float least) {
    float[] from = weights;
    FloatVector limit = FloatVector.broadcast(Lanes.SPECIES, least);
    FloatVector a = FloatVector.zero(Lanes.SPECIES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int i = 0; i < length; i += UNROLLED * Lanes.COUNT) {
      FloatVector e = FloatVector.fromArray(Lanes.SPECIES, from, i);
      FloatVector f = FloatVector.fromArray(Lanes.SPECIES, from, i + Lanes.COUNT);
      FloatVector g = FloatVector.fromArray(Lanes.SPECIES, from, i + 2 * Lanes.COUNT);
      FloatVector h = FloatVector.fromArray(Lanes.SPECIES, from, i + 3 * Lanes.COUNT);
      a = a.add(e, e.compare(GE, limit));
      b = b.add(f, f.compare(GE, limit));
      c = c.add(g, g.compare(GE, limit));
      d = d.add(h, h.compare(GE, limit));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  /**
   * Sets all weights below {@code high} to zero, and finds those of them from {@code low} on.
   *
   * @return their number; if it is more than {@link #MAX_MEMBERS}, not all were found
   */
  private int keepFrom(float high, float low) {
    float[] from = weights;
    FloatVector zero = FloatVector.zero(Lanes.SPECIES);
    int count = 0;
    for (int block = 0; block < blockCount; block++) {
      FloatVector sum = zero;
      int end = Math.min(length, (block + 1) * blockLength);
      for (int i = block * blockLength; i < end; i += Lanes.COUNT) {
        FloatVector weight = FloatVector.fromArray(Lanes.SPECIES, from, i);
        VectorMask<Float> isBelow = weight.compare(VectorOperators.LT, high);
        VectorMask<Float> isMember = weight.compare(GE, low).and(isBelow);
        if (isMember.anyTrue()) {
          count = addMembers(isMember.toLong(), i, count);
        }
        FloatVector kept = weight.blend(zero, isBelow);
        kept.intoArray(from, i);
        sum = sum.add(kept);
      }
      blocks[block] = sum.reduceLanes(VectorOperators.ADD);
    }
    return count;
  }

  private int addMembers(long mask, int first, int before) {
    int count = before;
    for (long left = mask; left != 0; left &= left - 1) {
      if (count < MAX_MEMBERS) {
        int index = first + Long.numberOfTrailingZeros(left);
        members[count] = index;
        memberWeights[count] = weights[index];
      }
      count++;
    }
    return count;
  }

  /** The best of the first {@code count} members, which the last of them replaces. */
  private int takeBest(int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      float score = scores[members[i]];
      float highest = scores[members[best]];
      best = score > highest || (score == highest && members[i] < members[best]) ? i : best;
    }
    int taken = members[best];
    float weight = memberWeights[best];
    members[best] = members[count - 1];
    memberWeights[best] = memberWeights[count - 1];
    members[count - 1] = taken;
    memberWeights[count - 1] = weight;
    return count - 1;
  }

  /**
   * Keeps a member.
   *
   * @return its weight
   */
  private double restore(int member) {
    int index = members[member];
    weights[index] = memberWeights[member];
    blocks[index / blockLength] += memberWeights[member];
    return memberWeights[member];
  }

  // ---- draws

  /**
   * The first index up to which the weights sum to more than a target, or {@link
   * ScoreChooser#UNDECIDED} if the errors decide which one that is.
   */
  int draw(double target) {
    int block = 0;
    double before = 0;
    while (block < blockCount - 1 && before + blocks[block] <= target) {
      before += blocks[block++];
    }
    int end = Math.min(length, (block + 1) * blockLength);
    for (int i = block * blockLength; i < end; i++) {
      double after = before + weights[i];
      if (after > target) {
        boolean certain = (before == 0 || before < target - bound) && after > target + bound;
        return certain ? i : ScoreChooser.UNDECIDED;
      }
      before = after;
    }
    return ScoreChooser.UNDECIDED;
  }
}
