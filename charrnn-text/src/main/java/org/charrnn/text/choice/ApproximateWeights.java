package org.charrnn.text.choice;

/**
 * The weights of scores, {@code exp((score - best) / temperature)}, with a bound on their errors;
 * and the draw of one of them in proportion to its weight. Weights are summed in blocks, so that a
 * draw skips most of them.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
abstract class ApproximateWeights {

  private static final int BLOCKS = 32;

  private final double[] blocks = new double[BLOCKS]; // the sum of each block of weights
  private int count;
  private double bound; // of the error of any sum

  /**
   * Computes the weights of the first {@code number} scores.
   *
   * @param best about the maximum of the scores
   * @return their sum
   */
  final double compute(float[] scores, int number, double best, double temperature) {
    count = number;
    weigh(scores, number, best, temperature);
    double total = sum();
    bound = total * relativeError(total);
    return total;
  }

  abstract void weigh(float[] scores, int number, double best, double temperature);

  /** The bound on the error of any sum of the weights, as a share of their total. */
  abstract double relativeError(double total);

  /** The sum of some weights. */
  abstract double sum(int from, int to);

  abstract double weight(int i);

  /** The number of weights. */
  final int count() {
    return count;
  }

  /** Computes masses in proportion to the weights. */
  abstract void toMasses(int[] masses, double unit);

  /** Sets the weights to zero that are not before the interval that was found. */
  abstract void keepBefore(Places places);

  /**
   * Computes a weight again that was set to zero.
   *
   * @return the weight
   */
  final double restore(int i) {
    reweigh(i);
    blocks[block(i)] += weight(i);
    return weight(i);
  }

  abstract void reweigh(int i);

  /** The bound on the error of any sum of weights, which is that of all when they were computed. */
  final double error() {
    return bound;
  }

  /** The sum of all weights. */
  final double sum() {
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

  /**
   * The first index up to which the weights sum to more than a target, or {@link
   * QuickChoice#UNDECIDED} if the errors decide which one that is.
   */
  final int draw(double target) {
    int block = 0;
    double before = 0;
    while (block < BLOCKS - 1 && before + blocks[block] <= target) {
      before += blocks[block++];
    }
    int end = start(block + 1);
    for (int i = start(block); i < end; i++) {
      double after = before + weight(i);
      if (after > target) {
        boolean certain = (before == 0 || before < target - bound) && after > target + bound;
        return certain ? i : QuickChoice.UNDECIDED;
      }
      before = after;
    }
    return QuickChoice.UNDECIDED;
  }
}
