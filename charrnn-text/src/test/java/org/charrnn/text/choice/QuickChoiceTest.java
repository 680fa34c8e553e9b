package org.charrnn.text.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickChoiceTest {

  private static final float FORBIDDEN = Float.NEGATIVE_INFINITY;

  private static final List<Sampler> SAMPLERS =
      List.of(
          Sampler.temperature(1),
          Sampler.temperature(0.3),
          Sampler.temperature(5),
          Sampler.temperature(1).withTopK(1),
          Sampler.temperature(1).withTopK(7),
          Sampler.temperature(1).withTopK(500),
          Sampler.standard(),
          Sampler.temperature(1).withTopP(0.05),
          Sampler.temperature(2).withTopP(0.999),
          Sampler.temperature(0.9).withTopK(40).withTopP(0.95),
          Sampler.temperature(0.9).withTopK(2).withTopP(0.4));

  /** How often each of the two was asked. */
  private int choices;

  private int undecided;

  private void assertSameChoice(Sampler sampler, float[] scores, double chance) {
    double best = Maximum.of(scores);
    int quick = new QuickChoice(scores.length).choose(sampler, scores, chance);
    choices++;
    if (quick == QuickChoice.UNDECIDED) {
      undecided++;
    } else {
      int exact = new ExactChoice(scores.length).choose(sampler, scores, best, chance);
      assertEquals(exact, quick, () -> sampler + " " + chance);
    }
  }

  private static float[] scores(int size, double deviation, RandomGenerator random) {
    float[] scores = new float[size];
    for (int id = 0; id < size; id++) {
      scores[id] = (float) (deviation * random.nextGaussian());
    }
    return scores;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 511, 512, 513, 1025, 3000})
  void choices_areThoseOfTheDefinition(int size) {
    SeededRandom random = new SeededRandom(size);
    for (int i = 0; i < 30; i++) {
      float[] scores = scores(size, 0.01 + random.nextInt(8), random);
      if (i % 3 == 0) {
        scores[random.nextInt(size)] += 12; // a model that is nearly certain
      }
      if (i % 5 == 0 && size > 1) {
        scores[random.nextInt(size)] = FORBIDDEN;
      }
      for (Sampler sampler : SAMPLERS) {
        assertSameChoice(sampler, scores, random.nextDouble());
      }
    }
    assertTrue(undecided <= choices / 100, undecided + " of " + choices);
  }

  /** Of equal scores those of the lower ids are kept, whichever weights they have. */
  @Test
  void equalScores() {
    SeededRandom random = new SeededRandom(6);
    for (int i = 0; i < 200; i++) {
      float[] scores = new float[1 + random.nextInt(700)];
      int different = 1 + random.nextInt(4);
      for (int id = 0; id < scores.length; id++) {
        scores[id] = random.nextInt(different);
      }
      for (Sampler sampler : SAMPLERS) {
        assertSameChoice(sampler, scores, random.nextDouble());
      }
    }
    assertTrue(undecided <= choices / 5, undecided + " of " + choices);
  }

  /** Chances at which one id ends and the next one begins. */
  @Test
  void chancesNearABoundary_areLeftToTheDefinition() {
    float[] scores = new float[1024];
    Sampler sampler = Sampler.temperature(1);
    for (int id = 1; id < scores.length; id++) {
      for (double chance = id / 1024.; chance < id / 1024. + 1e-15; chance = Math.nextUp(chance)) {
        assertSameChoice(sampler, scores, chance);
        assertSameChoice(sampler, scores, Math.nextDown(chance));
      }
    }
    assertEquals(choices, undecided);
  }

  /** A nucleus whose mass is that of a whole number of ids. */
  @Test
  void massNearABoundary_isLeftToTheDefinition() {
    float[] scores = new float[1000];
    assertSameChoice(Sampler.temperature(1).withTopP(0.25), scores, 0.1);
    assertEquals(1, undecided);
    assertSameChoice(Sampler.temperature(1).withTopP(0.2501), scores, 0.1);
    assertEquals(1, undecided);
  }

  @Test
  void extremeScores() {
    float[][] extremes = {
      {0, 1e30f, -1e30f, FORBIDDEN},
      {Float.MAX_VALUE, -Float.MAX_VALUE, 0},
      {FORBIDDEN, FORBIDDEN, 3, 2.5f},
      {-Float.MIN_VALUE, Float.MIN_VALUE, 0, -0f},
    };
    for (float[] scores : extremes) {
      for (double temperature : new double[] {1e-300, 1e-9, 1, 1e9, 1e300, Double.MAX_VALUE}) {
        for (double topP : new double[] {1e-300, 0.3, 0.77, 1}) {
          for (double chance : new double[] {0, 0.1, 0.4, 0.9, Math.nextDown(1.0)}) {
            Sampler sampler = Sampler.temperature(temperature).withTopP(topP);
            assertSameChoice(sampler, scores, chance);
            assertSameChoice(sampler.withTopK(2), scores, chance);
          }
        }
      }
    }
    assertTrue(undecided < choices / 2, undecided + " of " + choices);
  }
}
