package org.charrnn.text.choice;

/**
 * The highest of scores. They are compared as integers, several at once, since the compiler of the
 * JVM has no such instructions for floating-point numbers.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class Maximum {

  /** Scores are rounded to this share of one. */
  static final float STEPS = 1 << 12;

  /** Of scores beyond this, a float does not have so many digits. */
  private static final int MAX_STEPS = 1 << 23;

  private final Marks marks;
  private final int[] candidates;

  Maximum(int vocabularySize) {
    this.marks = new Marks(vocabularySize);
    this.candidates = new int[vocabularySize];
  }

  /** The highest score as a number of {@link #STEPS}, rounded toward zero. */
  static int steps(float[] scores) {
    int highest = Integer.MIN_VALUE;
    for (float score : scores) {
      highest = Math.max(highest, (int) (score * STEPS));
    }
    return highest;
  }

  /** Whether numbers of steps are exact for scores near this one. */
  static boolean isExact(int steps) {
    return steps > -MAX_STEPS && steps < MAX_STEPS;
  }

  /** The highest score. */
  static float of(float[] scores) {
    float best = Float.NEGATIVE_INFINITY;
    for (float score : scores) {
      best = score > best ? score : best;
    }
    return best;
  }

  /** The id of the highest score, of equal ones the first, or {@link TokenChooser#NONE}. */
  int id(float[] scores) {
    int highest = steps(scores);
    if (!isExact(highest)) {
      return first(of(scores), scores);
    }
    int[] values = marks.values(); // one that overflows belongs to a forbidden id, which never wins
    for (int id = 0; id < scores.length; id++) {
      values[id] = (int) (scores[id] * STEPS) - highest;
    }
    int count = marks.find(scores.length, candidates);
    int best = candidates[0];
    for (int i = 1; i < count; i++) {
      best = scores[candidates[i]] > scores[best] ? candidates[i] : best;
    }
    return best;
  }

  private static int first(float best, float[] scores) {
    if (best == Float.NEGATIVE_INFINITY) {
      return TokenChooser.NONE;
    }
    int id = 0;
    while (scores[id] != best) {
      id++;
    }
    return id;
  }
}
