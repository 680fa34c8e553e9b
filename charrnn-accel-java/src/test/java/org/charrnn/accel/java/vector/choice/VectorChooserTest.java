package org.charrnn.accel.java.vector.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.charrnn.accel.java.VectorAccelerator;
import org.charrnn.api.Availability;
import org.charrnn.api.ScoreChooser;
import org.charrnn.api.SeededRandom;
import org.charrnn.testkit.cases.ChoiceCase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorChooserTest {

  private static final int CHOICES = 1000;

  @BeforeEach
  void skipWhereUnavailable() {
    assumeTrue(new VectorAccelerator().availability() instanceof Availability.Available);
  }

  @TestFactory
  Stream<DynamicTest> choices_areThoseOfTheDefinition() {
    return ChoiceCase.all()
        .map(choice ->
            dynamicTest(choice.name(), () -> choice.check(new VectorChooser(choice.count()))));
  }

  private static int undecided(
      int count, double deviation, double temperature, int topK, double topP) {
    SeededRandom random = new SeededRandom(7);
    VectorChooser chooser = new VectorChooser(count);
    float[] scores = new float[count];
    int undecided = 0;
    for (int i = 0; i < CHOICES; i++) {
      for (int id = 0; id < count; id++) {
        scores[id] = (float) (deviation * random.nextGaussian());
      }
      int id = chooser.choose(scores, temperature, topK, topP, random.nextDouble());
      undecided += id == ScoreChooser.UNDECIDED ? 1 : 0;
    }
    return undecided;
  }

  /** Else it would save no time. */
  @ParameterizedTest
  @CsvSource({
    "65, 3, 0, 65, 1",
    "3000, 1, 0, 3000, 1",
    "65, 3, 0.8, 65, 0.9",
    "3000, 0.05, 0.8, 3000, 0.9",
    "3000, 1, 0.8, 3000, 0.9",
    "3000, 8, 0.8, 3000, 0.9",
    "3000, 1, 1, 3000, 1",
    "10000, 3, 1, 10000, 1",
    "3000, 1, 0.8, 40, 1",
    "3000, 3, 0.8, 40, 0.9"
  })
  void mostChoices_areDecided(
      int count, double deviation, double temperature, int topK, double topP) {
    int undecided = undecided(count, deviation, temperature, topK, topP);
    assertTrue(undecided < CHOICES / 20, "undecided: " + undecided);
  }

  /** Scores are copied: nothing is left of the ones before. */
  @Test
  void chooser_isReusable() {
    VectorChooser chooser = new VectorChooser(3);
    assertEquals(2, chooser.choose(new float[] {1, 2, 9}, 0.1, 3, 1, 0.5));
    assertEquals(0, chooser.choose(new float[] {9, 2, 1}, 0.1, 2, 0.9, 0.5));
    assertEquals(1, chooser.choose(new float[] {-9, 2, 1}, 0, 3, 1, 0.5));
  }
}
