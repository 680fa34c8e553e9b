package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Validations;
import org.charrnn.text.training.TrainingResult;
import org.junit.jupiter.api.Test;

class StoppingCriteriaTest {

  private static final Duration SOON = Duration.ofSeconds(1);

  private static Progress progress(long step, int sinceBest) {
    Validations validations = new Validations(OptionalDouble.of(1), 0, sinceBest, 0, 0);
    return new Progress(step, 0, 0, 0, 0, validations);
  }

  private static StoppingCriteria rule(int patience, Duration maxTime) {
    return new StoppingCriteria(100, OptionalInt.of(patience), Optional.of(maxTime));
  }

  @Test
  void nothing_endsIt() {
    StoppingCriteria rule = new StoppingCriteria(100, OptionalInt.empty(), Optional.empty());
    assertEquals(
        Optional.empty(), rule.stops(progress(99, 1_000_000), Duration.ofDays(1000), false));
  }

  @Test
  void eachReason() {
    StoppingCriteria rule = rule(3, Duration.ofSeconds(2));
    assertEquals(Optional.empty(), rule.stops(progress(99, 2), SOON, false));
    assertEquals(
        Optional.of(TrainingResult.StopReason.COMPLETE), rule.stops(progress(100, 2), SOON, false));
    assertEquals(
        Optional.of(TrainingResult.StopReason.NO_IMPROVEMENT),
        rule.stops(progress(99, 3), SOON, false));
    assertEquals(
        Optional.of(TrainingResult.StopReason.TIME),
        rule.stops(progress(99, 2), Duration.ofSeconds(2), false));
    assertEquals(
        Optional.of(TrainingResult.StopReason.REQUESTED), rule.stops(progress(99, 2), SOON, true));
  }

  @Test
  void aReasonThatHoldsForGoingOn_comesFirst() {
    StoppingCriteria rule = rule(3, Duration.ofSeconds(2));
    Duration late = Duration.ofSeconds(9);
    assertEquals(
        Optional.of(TrainingResult.StopReason.COMPLETE), rule.stops(progress(100, 3), late, true));
    assertEquals(
        Optional.of(TrainingResult.StopReason.NO_IMPROVEMENT),
        rule.stops(progress(99, 3), late, true));
    assertEquals(
        Optional.of(TrainingResult.StopReason.REQUESTED), rule.stops(progress(99, 2), late, true));
  }

  @Test
  void isFinal_whatGoingOnWouldNotChange() {
    assertTrue(TrainingResult.StopReason.COMPLETE.isFinal());
    assertTrue(TrainingResult.StopReason.NO_IMPROVEMENT.isFinal());
    assertFalse(TrainingResult.StopReason.TIME.isFinal());
    assertFalse(TrainingResult.StopReason.REQUESTED.isFinal());
  }
}
