package org.charrnn.accel.java.vector.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.charrnn.accel.java.VectorAccelerator;
import org.charrnn.api.Availability;
import org.charrnn.api.SeededRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorWeightsTest {

  private static final int MANY = 1 << 18; // a multiple of the vectors of any machine

  @BeforeEach
  void skipWhereUnavailable() {
    assumeTrue(new VectorAccelerator().availability() instanceof Availability.Available);
  }

  private static float[] evenly(int number, double range) {
    float[] scores = new float[MANY];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < number; i++) {
      scores[i] = (float) (-range * i / number);
    }
    return scores;
  }

  /** Each weight is, so that all sums of them are. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 0.5, 1.5, 15, 60})
  void weights_areWithinTheirError(double range) {
    SeededRandom random = new SeededRandom(5);
    float[] scores = new float[MANY];
    for (int i = 0; i < MANY; i++) {
      scores[i] = (float) (-range * random.nextDouble());
    }
    VectorWeights weights = new VectorWeights(MANY);
    weights.compute(scores, MANY, MANY, 0, 1);
    for (int i = 0; i < MANY; i++) {
      double exact = Math.exp(scores[i]);
      assertEquals(exact, weights.weight(i), (3e-7 - 2.5e-7 * scores[i]) * exact);
    }
  }

  /** Also where weights are replaced that are below the range. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.7, 1, 3, 1000, 1e6})
  void sums_areWithinTheirError(double temperature) {
    for (double range : new double[] {1e-3, 1, 20, 300}) {
      for (int number : new int[] {1, 40, 3000, 200_000}) {
        float[] scores = evenly(number, range * temperature);
        VectorWeights weights = new VectorWeights(MANY);
        double total = weights.compute(scores, number, MANY, 0, temperature);
        double exact = 0;
        for (int i = 0; i < number; i++) {
          exact += Math.exp(scores[i] / temperature);
        }
        assertEquals(exact, total, weights.error());
      }
    }
  }

  @Test
  void forbiddenScores_weighNothing() {
    float[] scores = evenly(1, 1);
    VectorWeights weights = new VectorWeights(MANY);
    assertEquals(1, weights.compute(scores, 1, MANY, 0, 1), weights.error());
    assertEquals(0, weights.draw(0.999));
  }
}
