package org.charrnn.text.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.text.config.Schedule.Moment;
import org.charrnn.text.config.Schedule.Staircase.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static Moment step(long step) {
    return new Moment(step, 0, 1000, 0);
  }

  private static Moment epoch(int epoch) {
    return new Moment(epoch * 100L, epoch, 1000, 0);
  }

  @Test
  void constant_isTheFullRate() {
    assertEquals(1, new Schedule.Constant().factor(new Moment(999, 9, 1000, 3)));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "2, 1", "3, 0.9", "4, 0.81", "5, 0.729"})
  void decay_eachEpochAfterSome(int epoch, double factor) {
    assertEquals(factor, new Schedule.Decay(3, 0.9).factor(epoch(epoch)), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 0.1", "3, 0.1", "4, 0.01"})
  void step_byEpochs(int epoch, double factor) {
    assertEquals(factor, new Schedule.Staircase(2, Unit.EPOCHS, 0.1).factor(epoch(epoch)), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "49, 1", "50, 0.5", "99, 0.5", "100, 0.25"})
  void step_bySteps(long step, double factor) {
    assertEquals(factor, new Schedule.Staircase(50, Unit.STEPS, 0.5).factor(step(step)), 1e-15);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.01", "49, 0.5", "99, 1", "100, 1", "550, 0.55", "1000, 0.1", "5000, 0.1"})
  void cosine_upAndThenDown(long step, double factor) {
    assertEquals(factor, new Schedule.Cosine(100, 0.1).factor(step(step)), 1e-12);
  }

  @Test
  void cosine_withoutWarmup_beginsAtTheFullRateAndFallsEachStep() {
    Schedule cosine = new Schedule.Cosine(0, 0);
    assertEquals(1, cosine.factor(step(0)));
    for (int step = 1; step < 1000; step++) {
      assertTrue(cosine.factor(step(step)) < cosine.factor(step(step - 1)), "step " + step);
    }
    assertTrue(cosine.factor(step(999)) > 0);
  }

  @Test
  void cosine_warmup_isNoMoreThanATenthOfTheRun() {
    Schedule cosine = new Schedule.Cosine(2000, 0);
    assertEquals(0.5, cosine.factor(step(49)));
    assertEquals(1, cosine.factor(step(99)));
    assertEquals(0, cosine.factor(step(1000)));
  }

  @Test
  void plateau_onceForEachReduction() {
    Schedule plateau = new Schedule.Plateau(2, 0.5);
    assertEquals(1, plateau.factor(new Moment(10, 1, 1000, 0)));
    assertEquals(0.125, plateau.factor(new Moment(10, 1, 1000, 3)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
  void impossibleShare_isRefused(double rate) {
    var e = assertThrows(InvalidOptionException.class, () -> new Schedule.Decay(1, rate));
    assertEquals("decayRate must be in (0.0, 1.0]: " + rate, e.getMessage());
    assertThrows(InvalidOptionException.class, () -> new Schedule.Staircase(1, Unit.STEPS, rate));
    assertThrows(InvalidOptionException.class, () -> new Schedule.Plateau(1, rate));
  }
}
