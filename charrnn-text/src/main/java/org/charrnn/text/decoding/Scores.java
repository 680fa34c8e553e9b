package org.charrnn.text.decoding;

import java.util.function.IntToDoubleFunction;
import org.charrnn.text.evaluation.ModelDivergedException;

/**
 * The scores of all ids after one hypothesis: as the model gave them, and a copy that {@link
 * RepetitionRules} change. An id that must not follow has a score of negative infinity.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class Scores {

  private final float[] given;
  private final double[] values;

  Scores(int vocabularySize) {
    this.given = new float[vocabularySize];
    this.values = new double[vocabularySize];
  }

  /**
   * Reads the scores of a row.
   *
   * @throws ModelDivergedException if a score is not finite
   */
  void read(Scorer scorer, int row) {
    scorer.scores(row, given);
    for (int id = 0; id < given.length; id++) {
      if (!Float.isFinite(given[id])) {
        throw new ModelDivergedException("score of symbol " + id, given[id]);
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

  /** The number to subtract from the scores of the model to get log-probabilities. */
  double logSumOfModel() {
    return logSum(id -> given[id]);
  }

  /** The number to subtract from the values to get log-probabilities. */
  double logSum() {
    return logSum(id -> values[id]);
  }

  /** The maximum is subtracted first, so that nothing overflows. */
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
}
