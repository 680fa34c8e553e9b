package org.charrnn.text.choice;

/**
 * Weights of 32 bits, in loops that the compiler of the JVM computes several at once. It has
 * vectors for sums and products, none for {@code exp}: a weight is {@code exp(x / 16)^16}.
 *
 * <p><b>Thread safety.</b> As {@link ApproximateWeights} says.
 */
final class FloatWeights extends ApproximateWeights {

  /** Weights below {@code e^-24} are replaced by that. */
  private static final float MIN_EXPONENT = -24;

  private static final int POWER = 16;

  /** 1.6e-6 is the largest error of a weight near 1; the rest is a reserve. */
  private static final double ERROR = 2e-6;

  /**
   * What each unit of an exponent adds to that, because of rounding. The mean of the exponents,
   * weighted, is at most {@code log(count / total)}, since the entropy is at most {@code
   * log(count)}.
   */
  private static final double ERROR_OF_AN_EXPONENT = 4.5e-7;

  /** What each score adds: by the sums of a block, and by a weight that is replaced. */
  private static final double ERROR_OF_A_SCORE = 3e-10;

  private final float[] weights;
  private float[] scores = {};
  private float best;
  private float scale;

  FloatWeights(int most) {
    this.weights = new float[most];
  }

  @Override
  void weigh(float[] all, int number, double highest, double temperature) {
    scores = all;
    best = (float) highest;
    scale = (float) (1 / (temperature * POWER));
    float from = best; // so that the loops read no fields
    float factor = scale;
    float[] to = weights;
    for (int i = 0; i < number; i++) {
      to[i] = Math.max((all[i] - from) * factor, MIN_EXPONENT / POWER);
    }
    for (int i = 0; i < number; i++) {
      to[i] = weight(to[i]);
    }
  }

  /**
   * Of all polynomials of degree 7 that begin with 1 + x, this one has the lowest maximum relative
   * error on [-1.5, 0]: 3.2e-8.
   */
  private static float weight(float x) {
    float sum = 0.0011780373f + x * 9.658773e-5f;
    sum = 0.008095188f + x * sum;
    sum = 0.04151942f + x * sum;
    sum = 0.16662075f + x * sum;
    sum = 0.49999452f + x * sum;
    sum = 1 + x * sum;
    float power = 1 + x * sum;
    power *= power; // 2
    power *= power;
    power *= power;
    power *= power; // 16
    return power;
  }

  @Override
  double relativeError(double total) {
    double exponent = Math.log(count() / total);
    return ERROR + ERROR_OF_AN_EXPONENT * exponent + ERROR_OF_A_SCORE * count();
  }

  /** In independent chains, since each addition waits for the one before. */
  @Override
  double sum(int from, int to) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    float e = 0;
    float f = 0;
    float g = 0;
    float h = 0;
    int i = from;
    for (; i < to - 7; i += 8) {
      a += weights[i];
      b += weights[i + 1];
      c += weights[i + 2];
      d += weights[i + 3];
      e += weights[i + 4];
      f += weights[i + 5];
      g += weights[i + 6];
      h += weights[i + 7];
    }
    for (; i < to; i++) {
      a += weights[i];
    }
    return a + b + (c + d) + (e + f + (g + h));
  }

  @Override
  double weight(int i) {
    return weights[i];
  }

  @Override
  void toMasses(int[] masses, double unit) {
    float factor = (float) unit;
    for (int i = 0; i < count(); i++) {
      masses[i] = (int) (weights[i] * factor);
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
    weights[i] = weight(Math.max((scores[i] - best) * scale, MIN_EXPONENT / POWER));
  }
}
