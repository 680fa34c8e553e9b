package org.charrnn.text.generate;

/** Sums over a row of scores. */
final class Scores {

  private Scores() {}

  /** The index of the greatest score, the first of equal ones. */
  static int indexOfMaximum(float[] logits) {
    int best = 0;
    for (int id = 0; id < logits.length; id++) {
      if (!Float.isFinite(logits[id])) {
        throw new IllegalArgumentException("the score of id %d is %s".formatted(id, logits[id]));
      }
      if (logits[id] > logits[best]) {
        best = id;
      }
    }
    return best;
  }

  /**
   * The probabilities {@code softmax(logits / temperature)}; the maximum is subtracted, so nothing
   * overflows.
   */
  static double[] softmax(float[] logits, double temperature) {
    double max = logits[indexOfMaximum(logits)];
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      probabilities[id] = StrictMath.exp((logits[id] - max) / temperature);
      sum += probabilities[id];
    }
    for (int id = 0; id < logits.length; id++) {
      probabilities[id] /= sum;
    }
    return probabilities;
  }
}
