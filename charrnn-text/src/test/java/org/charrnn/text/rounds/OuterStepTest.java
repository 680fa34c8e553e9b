package org.charrnn.text.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OuterStepTest {

  private static final int LENGTH = 1000;
  private static final int WORKERS = 4;

  private final SplittableRandom random = new SplittableRandom(5);
  private final OuterStep step = new OuterStep(WORKERS, 0.7, 0.9);

  private float[] numbers() {
    float[] numbers = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return numbers;
  }

  private List<float[]> changes() {
    List<float[]> changes = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      changes.add(numbers());
    }
    return changes;
  }

  /** Nesterov's step as papers write it: first along the old momentum, then down the gradient. */
  @Test
  void apply_severalRounds_likeFormulaIn64Bits() {
    float[] weights = numbers();
    float[] velocity = new float[LENGTH];
    double[] expected = new double[LENGTH];
    double[] momentum = new double[LENGTH];
    Arrays.setAll(expected, i -> weights[i]);
    for (int round = 0; round < 5; round++) {
      List<float[]> changes = changes();
      for (int i = 0; i < LENGTH; i++) {
        double mean = 0;
        for (float[] change : changes) {
          mean += change[i] / (double) WORKERS;
        }
        momentum[i] = 0.9 * momentum[i] + mean;
        expected[i] -= 0.7 * 0.9 * momentum[i];
        expected[i] -= 0.7 * mean;
      }
      step.apply(weights, velocity, OuterStep.sum(changes));
    }
    for (int i = 0; i < LENGTH; i++) {
      assertEquals(expected[i], weights[i], 1e-5);
      assertEquals(momentum[i], velocity[i], 1e-5);
    }
  }

  @Test
  void sum_addsInTheOrderOfTheList() {
    float[] large = {1e8f};
    float[] negative = {-1e8f};
    float[] small = {1};
    assertArrayEquals(new float[] {1}, OuterStep.sum(List.of(large, negative, small)));
    assertArrayEquals(new float[] {0}, OuterStep.sum(List.of(large, small, negative)));
  }

  @Test
  void sum_leavesItsArgumentsUnchanged() {
    float[] one = {1};
    OuterStep.sum(List.of(one, one));
    assertArrayEquals(new float[] {1}, one);
  }

  @Test
  void slices_giveTheBitsOfTheWhole() {
    float[] weights = numbers();
    float[] velocity = numbers();
    List<float[]> changes = changes();
    float[] wholeWeights = weights.clone();
    float[] wholeVelocity = velocity.clone();
    step.apply(wholeWeights, wholeVelocity, OuterStep.sum(changes));
    for (int from = 0; from < LENGTH; from += 300) {
      int begin = from;
      int end = Math.min(from + 300, LENGTH);
      float[] someWeights = Arrays.copyOfRange(weights, begin, end);
      float[] someVelocity = Arrays.copyOfRange(velocity, begin, end);
      List<float[]> some =
          changes.stream().map(change -> Arrays.copyOfRange(change, begin, end)).toList();
      step.apply(someWeights, someVelocity, OuterStep.sum(some));
      assertArrayEquals(Arrays.copyOfRange(wholeWeights, begin, end), someWeights);
      assertArrayEquals(Arrays.copyOfRange(wholeVelocity, begin, end), someVelocity);
    }
  }

  @Test
  void slicesOfOtherLengths_areRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> step.apply(new float[3], new float[3], new float[2]));
    assertThrows(
        IllegalArgumentException.class, () -> OuterStep.sum(List.of(new float[3], new float[4])));
  }
}
