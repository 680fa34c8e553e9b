package org.charrnn.text.decode;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.charrnn.text.generation.Repetition;

/**
 * The scores of all ids after a draft, one row at a time: as the model gave them, and as they are
 * after what is done against repetition. An id that is forbidden has a score of negative infinity.
 *
 * <p><b>Thread safety.</b> None; its arrays are used again and again.
 */
final class Scores {

  private final float[] given;
  private final double[] values;
  private final boolean[] seen;

  Scores(int vocabularySize) {
    this.given = new float[vocabularySize];
    this.values = new double[vocabularySize];
    this.seen = new boolean[vocabularySize];
  }

  /**
   * Reads a row.
   *
   * @throws IllegalArgumentException if a score is not a number or infinite, which a model whose
   *     training ran away gives
   */
  void read(Scorer scorer, int row) {
    scorer.scores(row, given);
    for (int id = 0; id < given.length; id++) {
      if (!Float.isFinite(given[id])) {
        throw new IllegalArgumentException("the score of id %d is %s".formatted(id, given[id]));
      }
      values[id] = given[id];
    }
  }

  /** The scores, which may be changed. */
  double[] values() {
    return values;
  }

  /** The score that the model gave. */
  double given(int id) {
    return given[id];
  }

  /** The logarithm of the probability that the model gives an id. */
  double logProbability(int id) {
    return given[id] - logSumOfModel();
  }

  /** What is to be subtracted from what the model gave to make log-probabilities of it. */
  double logSumOfModel() {
    return logSum(id -> given[id]);
  }

  /** What is to be subtracted from the scores to make log-probabilities of them. */
  double logSum() {
    return logSum(id -> values[id]);
  }

  /** The maximum is taken out first, so that nothing overflows. */
  private double logSum(IntToDoubleFunction score) {
    double max = Double.NEGATIVE_INFINITY;
    for (int id = 0; id < values.length; id++) {
      max = Math.max(max, score.applyAsDouble(id));
    }
    double sum = 0;
    for (int id = 0; id < values.length; id++) {
      sum += StrictMath.exp(score.applyAsDouble(id) - max);
    }
    return max + StrictMath.log(sum);
  }

  // ---- against repetition

  void apply(Repetition repetition, Hypothesis draft) {
    if (repetition.penalty() > 1) {
      penalise(repetition.penalty(), draft);
    }
    if (repetition.noRepeatNgram() > 0) {
      forbid(repetition.noRepeatNgram(), draft);
    }
  }

  private void penalise(double penalty, Hypothesis draft) {
    Arrays.fill(seen, false);
    for (int i = 0; i < draft.length(); i++) {
      seen[draft.id(i)] = true;
    }
    for (int id = 0; id < values.length; id++) {
      if (seen[id]) {
        values[id] = values[id] > 0 ? values[id] / penalty : values[id] * penalty;
      }
    }
  }

  /** Forbids what would end an n-gram that stands in the draft already. */
  private void forbid(int n, Hypothesis draft) {
    for (int end = n - 1; end < draft.length(); end++) {
      if (equalsTheLast(n - 1, end, draft)) {
        values[draft.id(end)] = Double.NEGATIVE_INFINITY;
      }
    }
  }

  /** Whether the {@code count} ids before {@code end} are the last ones of the draft. */
  private static boolean equalsTheLast(int count, int end, Hypothesis draft) {
    for (int back = 1; back <= count; back++) {
      if (draft.id(end - back) != draft.id(draft.length() - back)) {
        return false;
      }
    }
    return true;
  }
}
