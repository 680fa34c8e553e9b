package org.charrnn.accel.java.vector.choice;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.charrnn.accel.java.codegen.Lanes;

/**
 * The k highest of scores, of equal ones those with the lowest ids. The scores are divided into
 * groups: the k-th highest of the highest scores of all groups is a limit that few more than k
 * scores reach.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class TopScores {

  /** The number of groups: a multiple of {@link VectorWeights#UNROLLED} vectors. */
  static final int GROUPS = Math.max(128, VectorWeights.UNROLLED * Lanes.COUNT);

  /** With more, too many scores would reach the limit. */
  private static final int MAX_K = GROUPS * 3 / 4;

  /** The first limit may be reached by so many more groups. */
  private static final int MORE_GROUPS = 4;

  /** Worse scores than the best by this have a negligible weight at usual temperatures. */
  private static final float RANGE = 100;

  private final float[] groups = new float[GROUPS]; // the highest score of each
  private final float[] scores; // the selected ones, in ascending order of their ids
  private final int[] ids;
  private int padded;
  private float low; // a limit that at least k scores reach
  private float high; // one that fewer reach
  private int reachHigh;

  /** For so many scores, a multiple of {@link #GROUPS}. */
  TopScores(int most) {
    this.scores = new float[most];
    this.ids = new int[most];
  }

  /**
   * Selects the k highest scores.
   *
   * @param all followed by negative infinities
   * @param length their number, a multiple of {@link #GROUPS}
   * @param best the highest
   * @return their number; 0 if they are not known
   */
  int select(float[] all, int length, int k, float best) {
    if (k > MAX_K) {
      return 0;
    }
    fillGroups(all, length);
    float least = best - RANGE;
    if (reach(groups, GROUPS, least) < k) {
      return 0;
    }
    divide(groups, GROUPS, k, k + MORE_GROUPS, least, best);
    int found = collect(all, length, low);
    pad(found);
    if (found > k) {
      divide(scores, padded, k, k, low, best);
      found = remove(found, k);
      pad(found);
    }
    return found;
  }

  private void fillGroups(float[] all, int length) {
    System.arraycopy(all, 0, groups, 0, GROUPS);
    for (int first = GROUPS; first < length; first += GROUPS) {
      for (int i = 0; i < GROUPS; i += Lanes.COUNT) {
        FloatVector a = FloatVector.fromArray(Lanes.SPECIES, groups, i);
        FloatVector b = FloatVector.fromArray(Lanes.SPECIES, all, first + i);
        a.blend(b, b.compare(VectorOperators.GT, a)).intoArray(groups, i);
      }
    }
  }

  /**
   * Finds a limit that from {@code k} to {@code most} values reach; if there is none, two numbers
   * beside one another between which it would be.
   *
   * @param least at least k values reach it
   * @param best no value is higher
   */
  private void divide(float[] values, int length, int k, int most, float least, float best) {
    low = least;
    high = Math.nextUp(best);
    reachHigh = 0;
    int reachLow = length;
    while (reachLow > most) {
      float middle = low + (high - low) / 2;
      if (!(middle > low && middle < high)) {
        return;
      }
      int reach = reach(values, length, middle);
      if (reach < k) {
        high = middle;
        reachHigh = reach;
      } else {
        low = middle;
        reachLow = reach;
      }
    }
  }

  private static int reach(float[] values, int length, float limit) {
    int count = 0;
    for (int i = 0; i < length; i += Lanes.COUNT) {
      VectorMask<Float> isReached =
          FloatVector.fromArray(Lanes.SPECIES, values, i).compare(VectorOperators.GE, limit);
      count += isReached.trueCount();
    }
    return count;
  }

  private int collect(float[] all, int length, float limit) {
    int found = 0;
    for (int i = 0; i < length; i += Lanes.COUNT) {
      VectorMask<Float> isReached =
          FloatVector.fromArray(Lanes.SPECIES, all, i).compare(VectorOperators.GE, limit);
      for (long left = isReached.toLong(); left != 0; left &= left - 1) {
        ids[found++] = i + Long.numberOfTrailingZeros(left);
      }
    }
    for (int i = 0; i < found; i++) {
      scores[i] = all[ids[i]];
    }
    return found;
  }

  /** Removes those that are not among the k highest: below the limit, or of equal ones the last. */
  private int remove(int found, int k) {
    int equal = k - reachHigh; // of those between the limits
    int kept = 0;
    for (int i = 0; i < found; i++) {
      float score = scores[i];
      if (score >= high || (score >= low && equal-- > 0)) {
        ids[kept] = ids[i];
        scores[kept++] = score;
      }
    }
    return kept;
  }

  private void pad(int count) {
    int unit = VectorWeights.UNROLLED * Lanes.COUNT;
    padded = Math.ceilDiv(count, unit) * unit;
    Arrays.fill(scores, count, padded, Float.NEGATIVE_INFINITY);
  }

  /** The selected scores, followed by negative infinities. */
  float[] scores() {
    return scores;
  }

  /** Their number, rounded up to a whole number of vectors. */
  int padded() {
    return padded;
  }

  /** The id of a selected score. */
  int id(int index) {
    return ids[index];
  }
}
