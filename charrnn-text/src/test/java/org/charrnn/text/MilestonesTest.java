package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.Validations;
import org.junit.jupiter.api.Test;

class MilestonesTest {

  private static final int WINDOWS = 5;

  /** The steps of three passes after which something is due. */
  private static List<Long> due(BiPredicate<Progress, Progress> what) {
    return LongStream.rangeClosed(1, 3 * WINDOWS)
        .filter(step -> what.test(progress(step - 1), progress(step)))
        .boxed()
        .toList();
  }

  private static Progress progress(long step) {
    return new Progress(
        step, (int) (step / WINDOWS), (int) (step % WINDOWS), 0, 0, Validations.none());
  }

  private static TrainingConfig.Builder config() {
    return TrainingConfig.builder().run(it -> it.saveEvery(2));
  }

  @Test
  void withoutSteps_atTheEndsOfPasses() {
    Milestones agenda = new Milestones(config().build(), true);
    assertEquals(List.of(5L, 10L, 15L), due(agenda::validates));
    assertEquals(List.of(10L), due(agenda::saves));
    assertEquals(List.of(5L, 10L, 15L), due((_, after) -> Milestones.endsEpoch(after)));
    assertFalse(Milestones.endsEpoch(progress(0)));
  }

  @Test
  void withSteps_atBoth_butBeforeTheFirst() {
    Milestones agenda =
        new Milestones(
            config().watch(it -> it.validateEverySteps(4).saveEverySteps(6)).build(), true);
    assertEquals(List.of(4L, 5L, 8L, 10L, 12L, 15L), due(agenda::validates));
    assertEquals(List.of(6L, 10L, 12L), due(agenda::saves));
  }

  @Test
  void roundThatPassesAStep_isDueOnce() {
    Milestones agenda =
        new Milestones(config().watch(it -> it.validateEverySteps(4)).build(), true);
    assertTrue(agenda.validates(progress(3), progress(6)));
    assertFalse(agenda.validates(progress(5), progress(7)));
    assertTrue(agenda.validates(progress(7), progress(8)));
  }

  @Test
  void nothingHeldOut_nothingMeasured() {
    Milestones agenda =
        new Milestones(config().watch(it -> it.validateEverySteps(1)).build(), false);
    assertEquals(List.of(), due(agenda::validates));
  }
}
