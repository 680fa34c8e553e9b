package org.charrnn.text.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Validations;
import org.junit.jupiter.api.Test;

class RoundLengthsTest {

  private static final int STEPS_PER_EPOCH = 7;

  private static List<Long> ends(RoundLengths lengths, int epochs) {
    List<Long> ends = new ArrayList<>();
    long step = 0;
    while (step < (long) epochs * STEPS_PER_EPOCH) {
      step += lengths.next(new Progress(step, 0, 0, 0, 0, Validations.none()));
      ends.add(step);
    }
    return ends;
  }

  @Test
  void roundsEnd_afterSoManySteps_andWithTheEpoch() {
    assertEquals(List.of(3L, 6L, 7L, 10L, 13L, 14L), ends(new RoundLengths(3, STEPS_PER_EPOCH), 2));
  }

  @Test
  void longRound_isOneEpoch() {
    assertEquals(List.of(7L, 14L), ends(new RoundLengths(100, STEPS_PER_EPOCH), 2));
  }

  @Test
  void endOfRound_isTheEndOfTheRoundThatContainsTheStep() {
    RoundLengths lengths = new RoundLengths(3, STEPS_PER_EPOCH);
    List<Long> ends = ends(lengths, 3);
    for (long step = 1; step <= 3 * STEPS_PER_EPOCH; step++) {
      long limit = step;
      assertEquals(
          ends.stream().filter(end -> end >= limit).findFirst().orElseThrow(),
          lengths.endOfRound(step));
    }
  }

  @Test
  void roundsOfOneStep_endAtEachStep() {
    RoundLengths lengths = new RoundLengths(1, STEPS_PER_EPOCH);
    for (long step = 1; step <= 3 * STEPS_PER_EPOCH; step++) {
      assertEquals(step, lengths.endOfRound(step));
    }
  }
}
