package org.charrnn.text.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.api.SeededRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatWeightsTest {

  private static float[] evenly(int number, double range) {
    float[] scores = new float[number];
    for (int i = 0; i < number; i++) {
      scores[i] = (float) (-range * i / number);
    }
    return scores;
  }

  private static void assertSums(float[] scores, double temperature) {
    FloatWeights weights = new FloatWeights(scores.length);
    double total = weights.compute(scores, scores.length, 0, temperature);
    double exact = 0;
    for (int end = 1; end <= scores.length; end++) {
      exact += Math.exp(scores[end - 1] / temperature);
      if (end % 97 == 0) {
        assertEquals(
            exact, weights.sum(0, end), weights.error(), () -> "temperature " + temperature);
      }
    }
    assertEquals(exact, total, weights.error());
  }

  /** Also where weights are replaced that are below the range. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.7, 1, 3, 1000, 1e300})
  void sums_areWithinTheirError(double temperature) {
    for (double range : new double[] {1e-3, 1, 23.9, 60}) {
      assertSums(evenly(20_000, range * Math.min(temperature, 1000)), temperature);
    }
  }

  /** Each weight is, so that all sums of them are. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void weights_areWithinTheirError(int seed) {
    SeededRandom random = new SeededRandom(seed);
    float[] scores = new float[200_000];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (-15 * random.nextDouble());
    }
    FloatWeights weights = new FloatWeights(scores.length);
    weights.compute(scores, scores.length, 0, 1);
    for (int i = 0; i < scores.length; i++) {
      double exact = Math.exp(scores[i]);
      assertEquals(exact, weights.weight(i), (2e-6 - 4.5e-7 * scores[i]) * exact);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 32, 33, 3000})
  void draws_areInProportion_orLeftUndecided(int number) {
    float[] scores = evenly(number, 3);
    FloatWeights weights = new FloatWeights(number);
    double total = weights.compute(scores, number, 0, 1);
    int undecided = 0;
    for (int i = 0; i < 1000; i++) {
      double target = total * (i + 0.5) / 1000;
      int drawn = weights.draw(target);
      if (drawn == QuickChoice.UNDECIDED) {
        undecided++;
      } else {
        assertTrue(sum(scores, drawn) <= target && target < sum(scores, drawn + 1));
      }
    }
    assertTrue(undecided < 100, "undecided: " + undecided);
  }

  private static double sum(float[] scores, int end) {
    double sum = 0;
    for (int i = 0; i < end; i++) {
      sum += Math.exp(scores[i]);
    }
    return sum;
  }
}
