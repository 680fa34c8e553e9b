package org.charrnn.text.choice;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenChooserTest {

  private static final float[] SCORES = {1.5f, -0.5f, 3, 0, 2.25f, -20, 2.5f};

  /** The 99.9 % quantile of chi-square with 5 degrees of freedom; the id at -20 never comes. */
  private static final double LIMIT = 20.5;

  private static final float FORBIDDEN = Float.NEGATIVE_INFINITY;

  private static int[] draw(Sampler sampler, float[] scores, int draws, long seed) {
    TokenChooser choice = new TokenChooser(scores.length, Optional.empty());
    RandomGenerator random = new SeededRandom(seed);
    int[] ids = new int[draws];
    for (int i = 0; i < draws; i++) {
      ids[i] = choice.choose(sampler, scores, random);
    }
    return ids;
  }

  private static double[] softmax(float[] scores, double temperature) {
    double sum = 0;
    for (float score : scores) {
      sum += Math.exp(score / temperature);
    }
    double[] probabilities = new double[scores.length];
    for (int id = 0; id < scores.length; id++) {
      probabilities[id] = Math.exp(scores[id] / temperature) / sum;
    }
    return probabilities;
  }

  private static double chiSquare(int[] drawn, double[] probabilities) {
    int[] counts = new int[probabilities.length];
    for (int id : drawn) {
      counts[id]++;
    }
    double sum = 0;
    for (int id = 0; id < counts.length; id++) {
      double mean = drawn.length * probabilities[id];
      if (mean > 5) {
        sum += (counts[id] - mean) * (counts[id] - mean) / mean;
      } else if (probabilities[id] == 0) {
        assertEquals(0, counts[id], "drew the impossible " + id);
      }
    }
    return sum;
  }

  /**
   * The exact probability of each id, found by bisection: chance is a number in [0, 1), and ids
   * have intervals of it in their order.
   */
  private static double[] probabilities(Sampler sampler, float... scores) {
    TokenChooser choice = new TokenChooser(scores.length, Optional.empty());
    double[] probabilities = new double[scores.length];
    double from = 0;
    for (int id = 0; id < scores.length; id++) {
      double low = from;
      double high = 1;
      for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;
        if (middle < 1 && choice.choose(sampler, scores, fixed(middle)) <= id) {
          low = middle;
        } else {
          high = middle;
        }
      }
      probabilities[id] = high - from;
      from = high;
    }
    return probabilities;
  }

  private static RandomGenerator fixed(double chance) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new AssertionError("only doubles are drawn");
      }

      @Override
      public double nextDouble() {
        return chance;
      }
    };
  }

  private static float[] logs(double... probabilities) {
    float[] logs = new float[probabilities.length];
    for (int id = 0; id < logs.length; id++) {
      logs[id] = (float) Math.log(probabilities[id]) + 3; // scores are logarithms up to a constant
    }
    return logs;
  }

  /**
   * Asserts probabilities that are exact for these scores, which are rounded logarithms.
   *
   * @param expected about the probabilities; 0 for an id that is removed
   */
  private static void assertProbabilities(double[] expected, Sampler sampler, float... scores) {
    float[] kept = scores.clone();
    for (int id = 0; id < kept.length; id++) {
      kept[id] = expected[id] == 0 ? FORBIDDEN : kept[id];
    }
    double[] exact = softmax(kept, sampler.temperature());
    assertArrayEquals(expected, exact, 1e-6);
    assertArrayEquals(exact, probabilities(sampler, scores), 1e-12);
  }

  // ---- greedy

  @Test
  void greedy_mostProbable_drawsNothing() {
    TokenChooser choice = new TokenChooser(SCORES.length, Optional.empty());
    SeededRandom random = new SeededRandom(4);
    assertEquals(2, choice.choose(Sampler.greedy(), SCORES, random));
    assertEquals(4, random.state());
  }

  @Test
  void greedy_ofEqualOnesTheFirst() {
    assertEquals(1, draw(Sampler.greedy(), new float[] {0, 7, 7, 7}, 1, 0)[0]);
  }

  @Test
  void greedy_ofMany_ofEqualOnesTheFirst() {
    SeededRandom random = new SeededRandom(12);
    for (int i = 0; i < 500; i++) {
      float[] scores = new float[1 + random.nextInt(1500)];
      int first = random.nextInt(scores.length);
      int second = first + random.nextInt(scores.length - first);
      scores[first] = 1;
      scores[second] = 1;
      assertEquals(first, draw(Sampler.greedy(), scores, 1, 0)[0]);
    }
  }

  // ---- frequencies

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2})
  void temperature_drawsWithTheProbabilitiesOfTheModel(double temperature) {
    int[] drawn = draw(Sampler.temperature(temperature), SCORES, 20_000, 17);
    double chiSquare = chiSquare(drawn, softmax(SCORES, temperature));
    assertTrue(chiSquare < LIMIT, "chi-square " + chiSquare);
  }

  @Test
  void nucleusOne_isPlainSampling() {
    Sampler nucleus = Sampler.temperature(1).withTopP(1);
    int[] drawn = draw(nucleus, SCORES, 20_000, 18);
    double chiSquare = chiSquare(drawn, softmax(SCORES, 1));
    assertTrue(chiSquare < LIMIT, "chi-square " + chiSquare);
    assertArrayEquals(draw(Sampler.temperature(1), SCORES, 20_000, 18), drawn);
  }

  @Test
  void topKOfAll_isPlainSampling() {
    Sampler topK = Sampler.temperature(1).withTopK(SCORES.length);
    int[] drawn = draw(topK, SCORES, 20_000, 19);
    double chiSquare = chiSquare(drawn, softmax(SCORES, 1));
    assertTrue(chiSquare < LIMIT, "chi-square " + chiSquare);
    assertArrayEquals(draw(Sampler.temperature(1), SCORES, 20_000, 19), drawn);
  }

  @Test
  void allFilters_drawWithTheProbabilitiesThatAreLeft() {
    double[] left = softmax(new float[] {FORBIDDEN, FORBIDDEN, 3, 0, 2.25f, -20, 2.5f}, 0.9);
    left[3] = 0; // top-k 3 leaves ids 2, 6, 4, and a nucleus of 0.95 needs all of them
    left[5] = 0;
    double sum = left[2] + left[4] + left[6];
    for (int id = 0; id < left.length; id++) {
      left[id] /= sum;
    }
    float[] scores = SCORES.clone();
    scores[0] = FORBIDDEN;
    scores[1] = FORBIDDEN;
    Sampler sampler = Sampler.temperature(0.9).withTopK(3).withTopP(0.95);
    double chiSquare = chiSquare(draw(sampler, scores, 20_000, 20), left);
    assertTrue(chiSquare < LIMIT, "chi-square " + chiSquare);
  }

  // ---- exact probabilities

  @Test
  void temperature_exact() {
    float[] scores = logs(0.1, 0.2, 0.3, 0.4);
    assertProbabilities(new double[] {0.1, 0.2, 0.3, 0.4}, Sampler.temperature(1), scores);
    assertProbabilities( // squares of the probabilities, 0.3 together
        new double[] {1 / 30., 4 / 30., 9 / 30., 16 / 30.}, Sampler.temperature(0.5), scores);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, 1",
    "2, 0, 0, 0.428571428571, 0.571428571429",
    "3, 0, 0.222222222222, 0.333333333333, 0.444444444444",
    "4, 0.1, 0.2, 0.3, 0.4",
    "9, 0.1, 0.2, 0.3, 0.4",
  })
  void topK_exact(int k, double first, double second, double third, double fourth) {
    double[] expected = {first, second, third, fourth};
    assertProbabilities(expected, Sampler.temperature(1).withTopK(k), logs(0.1, 0.2, 0.3, 0.4));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-300, 0, 0, 0, 1",
    "0.39, 0, 0, 0, 1",
    "0.41, 0, 0, 0.428571428571, 0.571428571429",
    "0.69, 0, 0, 0.428571428571, 0.571428571429",
    "0.71, 0, 0.222222222222, 0.333333333333, 0.444444444444",
    "0.91, 0.1, 0.2, 0.3, 0.4",
    "1, 0.1, 0.2, 0.3, 0.4",
  })
  void nucleus_exact(double p, double first, double second, double third, double fourth) {
    double[] expected = {first, second, third, fourth};
    assertProbabilities(expected, Sampler.temperature(1).withTopP(p), logs(0.1, 0.2, 0.3, 0.4));
  }

  /** Of what top-k leaves, 0.4, 0.3 and 0.2, the first two are 7/9; without it they are 7/10. */
  @Test
  void nucleus_isOfWhatTopKLeaves() {
    float[] scores = logs(0.1, 0.2, 0.3, 0.4);
    Sampler nucleus = Sampler.temperature(1).withTopP(0.75);
    assertProbabilities(new double[] {0, 2 / 9., 3 / 9., 4 / 9.}, nucleus, scores);
    assertProbabilities(new double[] {0, 0, 3 / 7., 4 / 7.}, nucleus.withTopK(3), scores);
  }

  /** At temperature 1/2 the most probable has 16/30 of the mass: more than half. */
  @Test
  void nucleus_isOfWhatTheTemperatureMakes() {
    Sampler sampler = Sampler.temperature(0.5).withTopP(0.5);
    assertProbabilities(new double[] {0, 0, 0, 1}, sampler, logs(0.1, 0.2, 0.3, 0.4));
  }

  @Test
  void ofEqualOnes_theFirstAreKept() {
    float[] equal = new float[5];
    double[] two = {0.5, 0.5, 0, 0, 0};
    assertProbabilities(two, Sampler.temperature(1).withTopK(2), equal);
    assertProbabilities(two, Sampler.temperature(1).withTopP(0.3), equal);
  }

  // ---- edges

  @Test
  void sameSeed_sameIds() {
    Sampler sampler = Sampler.standard();
    assertArrayEquals(draw(sampler, SCORES, 50, 3), draw(sampler, SCORES, 50, 3));
  }

  @Test
  void nearZeroTemperature_andGreatScores_doNotOverflow() {
    float[] great = {Float.MAX_VALUE, -Float.MAX_VALUE, 0};
    for (int id : draw(Sampler.temperature(1e-300).withTopP(0.9), great, 10, 1)) {
      assertEquals(0, id);
    }
  }

  @Test
  void impossible_isNeverDrawn() {
    float[] scores = {0, -1e30f, 0, FORBIDDEN};
    for (Sampler sampler : new Sampler[] {Sampler.temperature(1), Sampler.standard()}) {
      for (int id : draw(sampler, scores, 1000, 5)) {
        assertTrue(id == 0 || id == 2, "drew " + id);
      }
    }
  }

  @Test
  void allForbidden_none() {
    float[] scores = {FORBIDDEN, FORBIDDEN};
    assertEquals(TokenChooser.NONE, draw(Sampler.standard(), scores, 1, 1)[0]);
    assertEquals(TokenChooser.NONE, draw(Sampler.greedy(), scores, 1, 1)[0]);
  }

  @Test
  void choose_leavesTheScoresAlone() {
    float[] scores = SCORES.clone();
    draw(Sampler.standard().withTopK(4), scores, 10, 1);
    assertArrayEquals(SCORES, scores);
  }
}
