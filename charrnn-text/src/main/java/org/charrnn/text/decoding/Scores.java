package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.evaluation.ModelDivergedException;

/**
 * The scores of all ids after one hypothesis: as the model gave them, and as {@link
 * RepetitionRules} change them. An id that must not follow has a score of negative infinity.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class Scores {

  private final float[] given;
  private final float[] changed;
  private boolean isChanged;

  Scores(int vocabularySize) {
    this.given = new float[vocabularySize];
    this.changed = new float[vocabularySize];
  }

  /**
   * Reads the scores of a row.
   *
   * @param row the index of the row in the last step
   * @throws ModelDivergedException if a score is not finite
   */
  void read(Scorer scorer, int row) {
    scorer.scores(row, given);
    isChanged = false;
    if (!areFinite()) {
      throw diverged();
    }
  }

  /** The product of a finite number and zero is zero, any other one is NaN, which becomes 0. */
  private boolean areFinite() {
    int finite = 0;
    for (float score : given) {
      finite += (int) (score * 0 + 1);
    }
    return finite == given.length;
  }

  private ModelDivergedException diverged() {
    int id = 0;
    while (Float.isFinite(given[id])) {
      id++;
    }
    return new ModelDivergedException("score of symbol " + id, given[id]);
  }

  /** The scores as they were changed; not to be written. */
  float[] values() {
    return isChanged ? changed : given;
  }

  /**
   * Changes a score to the nearest finite one to a number, or to negative infinity for that.
   *
   * @param number not NaN
   */
  void change(int id, double number) {
    if (!isChanged) {
      System.arraycopy(given, 0, changed, 0, given.length);
      isChanged = true;
    }
    changed[id] =
        number == Double.NEGATIVE_INFINITY
            ? Float.NEGATIVE_INFINITY
            : (float) Math.clamp(number, -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  /** The score that the model gave. */
  double given(int id) {
    return given[id];
  }

  /** An id with its probability under the model, and alternatives, as far as the rules request. */
  ChosenId scored(int id, TextRules rules) {
    if (!rules.logProbabilities() && rules.alternatives() == 0) {
      return new ChosenId(id, 0, List.of());
    }
    double logSum = logSumOfModel();
    return new ChosenId(id, given[id] - logSum, best(rules.alternatives(), logSum));
  }

  /** The ids to which the model gives the highest scores, of equal ones the lowest id first. */
  List<ScoredId> best(int count, double logSumOfModel) {
    if (count == 0) {
      return List.of();
    }
    List<ScoredId> best = new ArrayList<>();
    for (int id : best(Math.min(count, given.length))) {
      best.add(new ScoredId(id, given[id] - logSumOfModel));
    }
    return List.copyOf(best);
  }

  /** By insertion, since their number is small. */
  private int[] best(int count) {
    int[] best = new int[count];
    int found = 0;
    for (int id = 0; id < given.length; id++) {
      int place = found;
      while (place > 0 && given[id] > given[best[place - 1]]) {
        place--;
      }
      if (place < count) {
        found = Math.min(found + 1, count);
        System.arraycopy(best, place, best, place + 1, found - place - 1);
        best[place] = id;
      }
    }
    return best;
  }

  /** The number to subtract from the scores of the model to get log-probabilities. */
  double logSumOfModel() {
    return logSum(given);
  }

  /** The number to subtract from the values to get log-probabilities. */
  double logSum() {
    return logSum(values());
  }

  /** The maximum is subtracted first, so that nothing overflows. */
  private static double logSum(float[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      max = Math.max(max, score);
    }
    double sum = 0;
    for (float score : scores) {
      sum += StrictMath.exp(score - max);
    }
    return max + StrictMath.log(sum);
  }
}
