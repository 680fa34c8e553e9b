package org.charrnn.text.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.RoundConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.Split;
import org.charrnn.text.encoding.Windows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPartsTest {

  private static TrainingConfig config(int workers, ReadingDirection direction) {
    return TrainingConfig.builder()
        .windows(it -> it.seqLength(5).batchSize(3))
        .model(it -> it.direction(direction))
        .run(it -> it.validation(0.1).test(0.2))
        .rounds(it -> it.workers(workers).outerEvery(2))
        .build();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 999, 1000, 1007})
  void lengths_areThoseOfTheSplitOfAText(int length) {
    TextParts parts = TextParts.of(length, config(4, ReadingDirection.FORWARD));
    Split set = Split.of(Ids.of(new int[length]), 0.2);
    Split split = Split.of(set.training(), 0.1);
    assertEquals(split.training().length(), parts.training());
    assertEquals(split.heldOut().length(), parts.heldOut());
    assertEquals(set.heldOut().length(), parts.test());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 999, 1000, 1007})
  void parts_followEachOther_andAllHaveAsManyWindows(int length) {
    TextParts parts = TextParts.of(length, config(4, ReadingDirection.FORWARD));
    long next = 0;
    for (int worker = 0; worker < 4; worker++) {
      assertEquals(next, parts.part(worker).from());
      next = parts.part(worker).to();
      assertEquals(
          new Windows(Ids.of(new int[(int) parts.partLength()]), 5, 3).count(),
          new Windows(Ids.of(new int[(int) parts.part(worker).length()]), 5, 3).count());
    }
    assertTrue(next <= parts.training());
    assertTrue(parts.training() - next < 4 * 3, "fewer than there are streams remain");
  }

  @Test
  void backwardModel_firstWorkerHasTheEnd() {
    TextParts parts = TextParts.of(1000, config(4, ReadingDirection.BACKWARD));
    assertEquals(parts.training(), parts.part(0).to());
    assertEquals(parts.part(0).from(), parts.part(1).to());
  }

  @Test
  void oneWorker_hasTheWholeTrainingText() {
    TextParts parts = TextParts.of(1000, config(1, ReadingDirection.FORWARD));
    assertEquals(new TextParts.Range(0, parts.training()), parts.part(0));
  }

  @Test
  void modeGradient_eachWorkerHasTheWholeTrainingText() {
    TrainingConfig config =
        TrainingConfig.builder()
            .windows(it -> it.carryState(false))
            .rounds(it -> it.workers(3).roundMode(RoundConfig.Mode.GRADIENT))
            .build();
    TextParts parts = TextParts.of(10_000, config);
    assertEquals(new TextParts.Range(0, parts.training()), parts.part(2));
  }

  @Test
  void unknownWorker_isRefused() {
    TextParts parts = TextParts.of(1000, config(4, ReadingDirection.FORWARD));
    assertThrows(IndexOutOfBoundsException.class, () -> parts.part(4));
  }
}
