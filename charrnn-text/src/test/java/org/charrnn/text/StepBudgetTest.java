package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepBudgetTest {

  private static final long MILLISECOND = 1_000_000;

  /** The intervals of the standard profile: the ends of epochs only. */
  private static final TrainingConfig EPOCHS = TrainingConfig.builder().build();

  private static final TrainingConfig STEPS =
      TrainingConfig.builder()
          .run(it -> it.saveEvery(3))
          .watch(it -> it.validateEverySteps(500).saveEverySteps(800))
          .build();

  /** A machine on which everything takes a known time, the first steps longer. */
  private static final class Machine implements StepBudget.Work {

    private final double share;
    private long now = 1234;
    private int steps;

    Machine(double share) {
      this.share = share;
    }

    @Override
    public long step() {
      steps++;
      now += (steps <= 10 ? 90 : 30) * MILLISECOND;
      return 1;
    }

    @Override
    public double measure() {
      now += 200 * MILLISECOND;
      return share;
    }

    @Override
    public void save() {
      now += 50 * MILLISECOND;
    }

    long steps(String time, TrainingConfig config, long stepsPerEpoch) {
      return new StepBudget(config, stepsPerEpoch, () -> now).steps(Duration.parse(time), this);
    }

    /** The seconds of training, step by step; a measurement takes 0.2 s / share. */
    double duration(long count, TrainingConfig config, long stepsPerEpoch) {
      double seconds = 0;
      for (long step = 1; step <= count; step++) {
        seconds += 0.03;
        if (isDue(step, stepsPerEpoch, config.watch().validateEverySteps().orElse(count))
            || step == count) {
          seconds += 0.2 / share;
        }
        long epochs = stepsPerEpoch * config.run().saveEvery();
        if (isDue(step, epochs, config.watch().saveEverySteps().orElse(count)) || step == count) {
          seconds += 0.05;
        }
      }
      return seconds;
    }

    private static boolean isDue(long step, long interval, long other) {
      return step % interval == 0 || step % other == 0;
    }
  }

  private static void assertFits(String time, TrainingConfig config, long stepsPerEpoch) {
    Machine machine = new Machine(0.1);
    long began = machine.now;
    long steps = machine.steps(time, config, stepsPerEpoch);
    double left = 0.99 * Duration.parse(time).toSeconds() - (machine.now - began) / 1e9;
    double duration = machine.duration(steps, config, stepsPerEpoch);
    double longer = machine.duration(steps + 1, config, stepsPerEpoch);
    assertTrue(duration <= left + 1e-6, () -> steps + " steps take " + duration + " of " + left);
    assertTrue(longer > left - 2.1, () -> steps + 1 + " steps take " + longer + " of " + left);
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 777, 1000, 1_000_000})
  void measurementsAndCheckpoints_countAsTime(long stepsPerEpoch) {
    assertFits("PT90S", EPOCHS, stepsPerEpoch);
    assertFits("PT15M", EPOCHS, stepsPerEpoch);
    assertFits("PT15M", STEPS, stepsPerEpoch);
  }

  @Test
  void theTrialOfALongTime_takesTenSeconds() {
    Machine machine = new Machine(1);
    long began = machine.now;
    machine.steps("PT10H", EPOCHS, 1000);
    assertEquals(10.5, (machine.now - began) / 1e9, 0.1);
  }

  @Test
  void slowFirstSteps_areNotMeasured() {
    assertEquals((3564 - 10.5) / 0.03, new Machine(1).steps("PT1H", EPOCHS, 1_000_000), 20);
  }

  @Test
  void aTimeForLessThanAStep_isRefused() {
    InvalidOptionException e =
        assertThrows(
            InvalidOptionException.class, () -> new Machine(0.01).steps("PT20S", EPOCHS, 1000));
    assertEquals("budget", e.option());
    assertTrue(
        e.getMessage().contains("one step, measured and saved, takes 20.1 s after a trial of 1."),
        e::getMessage);
  }
}
