package org.charrnn.testkit.cases;

import java.util.random.RandomGenerator;

/** A distribution of the numbers of a test. */
@FunctionalInterface
public interface Numbers {

  /**
   * Whole numbers from -4 to 4: sums of thousands of their products are exact in single precision,
   * in any order.
   */
  Numbers WHOLE = random -> random.nextInt(9) - 4;

  /** Normally distributed. */
  Numbers NORMAL = RandomGenerator::nextGaussian;

  /** Between 0.1 and 3. */
  Numbers POSITIVE = random -> 0.1 + 2.9 * random.nextDouble();

  /** The next number. */
  double next(RandomGenerator random);

  /** Returns {@code count} numbers in single precision. */
  default float[] take(int count, RandomGenerator random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) next(random);
    }
    return values;
  }

  /** Copies {@code values} to {@code target}. */
  static void widen(float[] values, double[] target) {
    for (int i = 0; i < values.length; i++) {
      target[i] = values[i];
    }
  }

  /** Returns {@code count} ids in {@code [0, below)}; many occur more than once. */
  static int[] ids(int count, int below, RandomGenerator random) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = random.nextInt(random.nextBoolean() ? below : Math.min(below, 3));
    }
    return ids;
  }
}
