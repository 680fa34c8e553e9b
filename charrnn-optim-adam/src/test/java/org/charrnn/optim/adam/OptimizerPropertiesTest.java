package org.charrnn.optim.adam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.charrnn.api.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the papers say of their methods, and what is refused. */
class OptimizerPropertiesTest {

  @Test
  void adam_firstStepIsTheRateInTheDirectionOfTheSign() {
    double[] after = Trajectory.of(new Adam(), Map.of("epsilon", 1e-20))[0];
    for (int i = 0; i < Trajectory.SIZE; i++) {
      double expected =
          Trajectory.weight(i) - Trajectory.rate(1) * Math.signum(Trajectory.gradient(1, i));
      assertEquals(expected, after[i], 1e-12);
    }
  }

  @Test
  void rmsProp_firstStepIsLongerByTheRootOfWhatOneStepAdds() {
    double[] after = Trajectory.of(new RmsProp(), Map.of("alpha", 0.96, "epsilon", 1e-20))[0];
    double expected =
        Trajectory.weight(0)
            - Trajectory.rate(1) / Math.sqrt(0.04) * Math.signum(Trajectory.gradient(1, 0));
    assertEquals(expected, after[0], 1e-12);
  }

  @Test
  void adamW_withoutGradientOnlyDecays() {
    double[][] trajectory = Trajectory.of(new AdamW(), Map.of("weight-decay", 0.25));
    int last = Trajectory.SIZE - 1;
    double expected = Trajectory.weight(last);
    for (int step = 1; step <= Trajectory.STEPS; step++) {
      expected *= 1 - Trajectory.rate(step) * 0.25;
      assertEquals(expected, trajectory[step - 1][last], 1e-12);
    }
  }

  @Test
  void adam_withoutDecayIsAdamWWithoutDecay() {
    double[][] adam = Trajectory.of(new Adam(), Map.of());
    double[][] adamW = Trajectory.of(new AdamW(), Map.of("weight-decay", 0.0));
    for (int step = 0; step < Trajectory.STEPS; step++) {
      assertArrayEquals(adam[step], adamW[step]);
    }
  }

  @Test
  void sgd_withMomentumGoesFurtherThanWithout() {
    double still = Trajectory.of(new Sgd(), Map.of("momentum", 0.0))[1][0];
    double moving = Trajectory.of(new Sgd(), Map.of())[1][0];
    double first = Trajectory.rate(2) * 0.9 * Trajectory.gradient(1, 0);
    assertEquals(still - first, moving, 1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 0.5, nesterov must be 0 or 1: 0.5",
    "0, 1, 'nesterov 1 needs a momentum above 0; set momentum, or nesterov 0'"
  })
  void sgd_nesterovThatMeansNothing(double momentum, double nesterov, String message) {
    Map<String, Double> set = Map.of("momentum", momentum, "nesterov", nesterov);
    var refusal = assertThrows(IllegalArgumentException.class, () -> Trajectory.of(new Sgd(), set));
    assertEquals(message, refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "adam, beta1, 1",
    "adam, beta2, NaN",
    "adamw, weight-decay, -0.1",
    "rmsprop, alpha, 1",
    "sgd, momentum, 1"
  })
  void hyperparameter_outOfRange(String optimizer, String name, double value) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Trajectory.of(byName(optimizer), Map.of(name, value)));
    assertTrue(refusal.getMessage().startsWith(name + " must be in [0.0, "), refusal::getMessage);
  }

  private static Optimizer byName(String name) {
    return switch (name) {
      case "adam" -> new Adam();
      case "adamw" -> new AdamW();
      case "rmsprop" -> new RmsProp();
      default -> new Sgd();
    };
  }
}
