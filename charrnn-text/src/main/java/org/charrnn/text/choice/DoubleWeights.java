package org.charrnn.text.choice;

/**
 * Weights of 64 bits, for the choices that those of 32 bits leave undecided.
 *
 * <p><b>Thread safety.</b> As {@link ApproximateWeights} says.
 */
final class DoubleWeights extends ApproximateWeights {

  /** Weights below {@code e^-30} are replaced by that. */
  private static final double MIN_EXPONENT = -30;

  /** {@code exp(x) = exp(x / 2^8)^(2^8)}; the compiler has vectors for products, none for exp. */
  private static final int POWER = 256;

  /** 5e-10 because of the polynomial, the rest for rounding and as a reserve. */
  private static final double ERROR = 1e-8;

  /** What each score adds to that bound: by rounding, and by a weight that is replaced. */
  private static final double ERROR_OF_A_SCORE = 1e-12;

  private final double[] weights;
  private float[] scores = {};
  private double best;
  private double scale;

  DoubleWeights(int most) {
    this.weights = new double[most];
  }

  @Override
  void weigh(float[] all, int number, double highest, double temperature) {
    scores = all;
    best = highest;
    scale = 1 / (temperature * POWER);
    for (int i = 0; i < number; i++) {
      weights[i] = all[i];
    }
    double factor = scale; // so that the loop reads no fields
    for (int i = 0; i < number; i++) {
      weights[i] = weight((weights[i] - highest) * factor);
    }
  }

  /** Of all polynomials of degree 5, this one has the lowest maximum relative error: 2e-12. */
  private static double weight(double exponent) {
    double x = Math.max(exponent, MIN_EXPONENT / POWER);
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
    return power;
  }

  @Override
  double relativeError(double total) {
    return ERROR + ERROR_OF_A_SCORE * count();
  }

  @Override
  double sum(int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += weights[i];
    }
    return sum;
  }

  @Override
  double weight(int i) {
    return weights[i];
  }

  @Override
  void toMasses(int[] masses, double unit) {
    for (int i = 0; i < count(); i++) {
      masses[i] = (int) (weights[i] * unit);
    }
  }

  @Override
  void keepBefore(Places places) {
    for (int i = 0; i < count(); i++) {
      weights[i] *= places.isBefore(i);
    }
  }

  @Override
  void reweigh(int i) {
    weights[i] = weight((scores[i] - best) * scale);
  }
}
