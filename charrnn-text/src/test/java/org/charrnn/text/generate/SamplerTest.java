package org.charrnn.text.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.api.SeededRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {

  private static final float[] LOGITS = {1.5f, -0.5f, 3, 0, 2.25f, -20, 2.5f};

  /** The 99.9 % quantile of chi-square with 5 degrees of freedom; the symbol at -20 never comes. */
  private static final double LIMIT = 20.5;

  private static int[] draw(Sampler sampler, float[] logits, int draws, long seed) {
    SeededRandom random = new SeededRandom(seed);
    int[] ids = new int[draws];
    for (int i = 0; i < draws; i++) {
      ids[i] = sampler.pick(logits, random);
    }
    return ids;
  }

  @Test
  void greedy_mostProbable() {
    assertEquals(2, Sampler.greedy().pick(LOGITS, new SeededRandom(0)));
  }

  @Test
  void greedy_ofEqualOnesTheFirst() {
    assertEquals(1, Sampler.greedy().pick(new float[] {0, 7, 7, 7}, new SeededRandom(0)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void temperature_drawsWithTheProbabilitiesOfTheModel(double temperature) {
    int draws = 20_000;
    double[] expected = new double[LOGITS.length];
    double sum = 0;
    for (int id = 0; id < LOGITS.length; id++) {
      expected[id] = Math.exp(LOGITS[id] / temperature);
      sum += expected[id];
    }
    int[] counts = new int[LOGITS.length];
    for (int id : draw(Sampler.temperature(temperature), LOGITS, draws, 17)) {
      counts[id]++;
    }
    double chiSquare = 0;
    for (int id = 0; id < LOGITS.length; id++) {
      double mean = draws * expected[id] / sum;
      if (mean > 5) {
        chiSquare += (counts[id] - mean) * (counts[id] - mean) / mean;
      }
    }
    assertTrue(chiSquare < LIMIT, "chi-square " + chiSquare);
  }

  @Test
  void temperature_sameSeedSameIds() {
    Sampler sampler = Sampler.temperature(1);
    assertArrayEquals(draw(sampler, LOGITS, 50, 3), draw(sampler, LOGITS, 50, 3));
  }

  @Test
  void temperature_zeroIsGreedy() {
    assertEquals(Sampler.greedy(), Sampler.temperature(0));
  }

  @Test
  void temperature_nearZeroAndGreatScoresDoNotOverflow() {
    float[] great = {Float.MAX_VALUE, -Float.MAX_VALUE, 0};
    for (int id : draw(Sampler.temperature(1e-300), great, 10, 1)) {
      assertEquals(0, id);
    }
  }

  @Test
  void temperature_neverDrawsWhatIsImpossible() {
    float[] impossible = {0, -1e30f, 0, -1e30f};
    for (int id : draw(Sampler.temperature(1), impossible, 1000, 5)) {
      assertTrue(id == 0 || id == 2, "drew " + id);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void temperature_impossible(double temperature) {
    assertThrows(IllegalArgumentException.class, () -> Sampler.temperature(temperature));
  }

  @Test
  void pick_scoreThatIsNoNumber() {
    float[] broken = {0, Float.NaN};
    SeededRandom random = new SeededRandom(0);
    assertThrows(IllegalArgumentException.class, () -> Sampler.greedy().pick(broken, random));
    assertThrows(IllegalArgumentException.class, () -> Sampler.temperature(1).pick(broken, random));
  }

  @Test
  void pick_leavesTheScoresAlone() {
    float[] logits = LOGITS.clone();
    draw(Sampler.temperature(0.7), logits, 10, 1);
    assertArrayEquals(LOGITS, logits);
  }

  @Test
  void request_negativeLength() {
    assertThrows(IllegalArgumentException.class, () -> GenerationRequest.greedy("a", -1));
  }
}
